"""Pages and actions of the use of assets."""

from take_up.views.adoptions import (
    adopt,
    change_adoption,
    confirm_adoption,
    turn_down_adoption,
    withdraw_adoption,
)
from take_up.views.benefits import benefits, claim
from take_up.views.commitments import (
    adopt_as_committed,
    commit,
    confirm_commitment,
    renew_commitment,
    turn_down_commitment,
    withdraw_commitment,
)
from take_up.views.passport import passport
from take_up.views.plan import plan
from take_up.views.promises import (
    check_measurement,
    explain,
    measure,
    promise,
    promises,
    turn_down_measurement,
)
from take_up.views.shortlist import (
    add_to_shortlist,
    clear_shortlist,
    compare_assets,
    remove_from_shortlist,
    shortlist,
)
from take_up.views.spread import spread
from take_up.views.waiting import waiting

__all__ = [
    "add_to_shortlist",
    "adopt",
    "adopt_as_committed",
    "benefits",
    "change_adoption",
    "check_measurement",
    "claim",
    "clear_shortlist",
    "commit",
    "compare_assets",
    "confirm_adoption",
    "confirm_commitment",
    "explain",
    "measure",
    "passport",
    "plan",
    "promise",
    "promises",
    "remove_from_shortlist",
    "renew_commitment",
    "shortlist",
    "spread",
    "turn_down_adoption",
    "turn_down_commitment",
    "turn_down_measurement",
    "waiting",
    "withdraw_adoption",
    "withdraw_commitment",
]
