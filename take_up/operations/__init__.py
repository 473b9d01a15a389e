"""Every change of state of adoptions and benefits."""

from take_up.operations.adopt import change_adoption, confirm_adoption, declare_adoption, turn_down_adoption
from take_up.operations.benefit import claim_benefit, confirm_benefit, promise_of_case

__all__ = [
    "change_adoption",
    "claim_benefit",
    "confirm_adoption",
    "confirm_benefit",
    "declare_adoption",
    "promise_of_case",
    "turn_down_adoption",
]
