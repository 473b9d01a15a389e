"""Every change of state of assets, adoptions and benefits."""

from assets_registry.operations.adopt import (
    change_adoption,
    confirm_adoption,
    declare_adoption,
    turn_down_adoption,
)
from assets_registry.operations.benefit import claim_benefit, confirm_benefit, promise_of_case
from assets_registry.operations.publish import (
    approve_asset,
    publish_asset,
    return_asset,
    submit_asset,
    withdraw_asset,
)
from assets_registry.operations.register import (
    AlreadyRegistered,
    change_asset,
    check_asset,
    refusal_of,
    register_asset,
)

__all__ = [
    "AlreadyRegistered",
    "approve_asset",
    "change_adoption",
    "change_asset",
    "check_asset",
    "claim_benefit",
    "confirm_adoption",
    "confirm_benefit",
    "declare_adoption",
    "promise_of_case",
    "publish_asset",
    "refusal_of",
    "register_asset",
    "return_asset",
    "submit_asset",
    "turn_down_adoption",
    "withdraw_asset",
]
