"""Pages and actions of the use of assets."""

from take_up.views.adoptions import adopt, change_adoption, confirm_adoption, turn_down_adoption
from take_up.views.benefits import benefits, check_benefit, claim
from take_up.views.passport import passport
from take_up.views.shortlist import (
    add_to_shortlist,
    clear_shortlist,
    compare_assets,
    remove_from_shortlist,
    shortlist,
)
from take_up.views.waiting import waiting

__all__ = [
    "add_to_shortlist",
    "adopt",
    "benefits",
    "change_adoption",
    "check_benefit",
    "claim",
    "clear_shortlist",
    "compare_assets",
    "confirm_adoption",
    "passport",
    "remove_from_shortlist",
    "shortlist",
    "turn_down_adoption",
    "waiting",
]
