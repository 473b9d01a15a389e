"""Pages and actions of the use of assets."""

from take_up.views.adoptions import adopt, change_adoption, confirm_adoption, turn_down_adoption
from take_up.views.benefits import benefits, check_benefit, claim
from take_up.views.waiting import waiting

__all__ = [
    "adopt",
    "benefits",
    "change_adoption",
    "check_benefit",
    "claim",
    "confirm_adoption",
    "turn_down_adoption",
    "waiting",
]
