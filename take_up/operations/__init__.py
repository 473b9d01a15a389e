"""Every change of state of adoptions, commitments, promises and plans."""

from take_up.operations.adopt import (
    change_adoption,
    confirm_adoption,
    declare_adoption,
    turn_down_adoption,
    withdraw_adoption,
)
from take_up.operations.benefit import (
    check_measurement,
    claim_benefit,
    correct_promise_of_figures,
    explain_promise,
    measure_figures,
    promise_of_case,
    promise_of_figures,
    remind_of_follow_ups,
    report_measurement,
    take_out_promise_of_figures,
    turn_down_measurement,
)
from take_up.operations.commit import (
    adopt_as_committed,
    commit_to_asset,
    confirm_commitment,
    end_expired_commitments,
    remind_of_commitments,
    renew_commitment,
    turn_down_commitment,
    withdraw_commitment,
)
from take_up.operations.plan import plan_take_up
from take_up.operations.savings import show_savings

__all__ = [
    "adopt_as_committed",
    "change_adoption",
    "check_measurement",
    "claim_benefit",
    "commit_to_asset",
    "confirm_adoption",
    "confirm_commitment",
    "correct_promise_of_figures",
    "declare_adoption",
    "end_expired_commitments",
    "explain_promise",
    "measure_figures",
    "plan_take_up",
    "promise_of_case",
    "promise_of_figures",
    "remind_of_commitments",
    "remind_of_follow_ups",
    "renew_commitment",
    "report_measurement",
    "show_savings",
    "take_out_promise_of_figures",
    "turn_down_adoption",
    "turn_down_commitment",
    "turn_down_measurement",
    "withdraw_adoption",
    "withdraw_commitment",
]
