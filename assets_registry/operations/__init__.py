"""Every change of state of an asset."""

from assets_registry.operations.importing import import_assets
from assets_registry.operations.publish import (
    approve_asset,
    publish_asset,
    register_and_submit_asset,
    return_asset,
    submit_asset,
    withdraw_asset,
)
from assets_registry.operations.register import (
    AlreadyRegistered,
    change_asset,
    check_asset,
    mark_of,
    refusal_of,
    register_asset,
)
from assets_registry.operations.repositories import note_repository, read_repository

__all__ = [
    "AlreadyRegistered",
    "approve_asset",
    "change_asset",
    "check_asset",
    "import_assets",
    "mark_of",
    "note_repository",
    "publish_asset",
    "read_repository",
    "refusal_of",
    "register_and_submit_asset",
    "register_asset",
    "return_asset",
    "submit_asset",
    "withdraw_asset",
]
