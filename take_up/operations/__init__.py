"""Every change of state of adoptions, commitments and benefits."""

from take_up.operations.adopt import change_adoption, confirm_adoption, declare_adoption, turn_down_adoption
from take_up.operations.benefit import claim_benefit, confirm_benefit, promise_of_case
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
from take_up.operations.savings import show_savings

__all__ = [
    "adopt_as_committed",
    "change_adoption",
    "claim_benefit",
    "commit_to_asset",
    "confirm_adoption",
    "confirm_benefit",
    "confirm_commitment",
    "declare_adoption",
    "end_expired_commitments",
    "promise_of_case",
    "remind_of_commitments",
    "renew_commitment",
    "show_savings",
    "turn_down_adoption",
    "turn_down_commitment",
    "withdraw_commitment",
]
