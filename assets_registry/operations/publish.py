"""From a contributor's draft to the list: the council's publisher, and for a council's first entry the editor."""

from typing import Any

from django.db import transaction

from accounts.models import User
from assets_registry import emails
from assets_registry.models import Asset
from assets_registry.operations.register import register_asset
from assets_registry.permissions import (
    can_approve_assets,
    can_publish_asset,
    can_return_asset,
    can_submit_asset,
    can_withdraw_asset,
)
from assets_registry.queries import has_published, whose_turn
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from outbox.operations import queue_message


def _locked(asset: Asset) -> Asset:
    return Asset.objects.select_for_update(of=("self",)).select_related("owner").get(pk=asset.pk)


@transaction.atomic
def submit_asset(asset: Asset, *, by: User) -> Asset:
    """Hand a draft to the council's publisher."""
    asset = _locked(asset)
    if asset.state != Asset.State.DRAFT:
        raise Refused("This entry has been handed on already.")
    require(can_submit_asset(by, asset), "Only contributors of its owner can hand this entry on.")
    asset.state = Asset.State.WITH_PUBLISHER
    asset.state_reason = ""
    asset.save(update_fields=["state", "state_reason"])
    log_action("assets_registry.submitted", by=by, about=asset)
    _tell(asset, by=by)
    return asset


@transaction.atomic
def register_and_submit_asset(*, by: User, **entry: Any) -> Asset:
    """Enter an asset and hand it to the council's publisher: both, or neither."""
    return submit_asset(register_asset(by=by, **entry), by=by)


@transaction.atomic
def publish_asset(asset: Asset, *, by: User) -> Asset:
    """Publish an entry, or hand it on to the Alliance editor where it is the council's first."""
    # Lock the owner, so that of two first entries only one can be the second.
    Organisation.objects.select_for_update().get(pk=asset.owner_id)
    asset = _locked(asset)
    require(can_publish_asset(by, asset), "Only a publisher of its owner can publish this entry.")
    if asset.state not in {Asset.State.DRAFT, Asset.State.WITH_PUBLISHER}:
        raise Refused(f"This entry is {asset.get_state_display().lower()}.")
    return publish_or_pass_on(asset, by=by)


def publish_or_pass_on(asset: Asset, *, by: User) -> Asset:
    """Publish a locked entry of a locked owner, or hand it on to the Alliance editor where it is the owner's first."""
    if has_published(asset.owner, besides=asset):
        return _publish(asset, by=by)
    asset.state = Asset.State.WITH_EDITOR
    asset.state_reason = ""
    asset.save(update_fields=["state", "state_reason"])
    log_action("assets_registry.passed_to_editor", by=by, about=asset)
    _tell(asset, by=by)
    return asset


@transaction.atomic
def approve_asset(asset: Asset, *, by: User) -> Asset:
    """Publish a council's first entry, as the Alliance editor or the secretariat."""
    asset = _locked(asset)
    require(can_approve_assets(by), "Only an Alliance editor or the secretariat can pass a council's first entry.")
    if asset.state != Asset.State.WITH_EDITOR:
        raise Refused(f"This entry is {asset.get_state_display().lower()}.")
    return _publish(asset, by=by)


@transaction.atomic
def return_asset(asset: Asset, *, by: User, reason: str) -> Asset:
    """Send an entry back to its contributor, saying what is missing."""
    asset = _locked(asset)
    if asset.state not in {Asset.State.WITH_PUBLISHER, Asset.State.WITH_EDITOR}:
        raise Refused("Only an entry that is waiting can be sent back.")
    require(can_return_asset(by, asset), "This entry does not wait for you.")
    asset.state_reason = _reason(reason, "Say what is missing, so that it can be put right.")
    asset.state = Asset.State.DRAFT
    asset.save(update_fields=["state", "state_reason"])
    log_action("assets_registry.returned", by=by, about=asset, reason=asset.state_reason)
    return asset


@transaction.atomic
def withdraw_asset(asset: Asset, *, by: User, reason: str) -> Asset:
    """Take an entry off the list. One that had been published keeps its address and says why."""
    asset = _locked(asset)
    if asset.is_withdrawn:
        raise Refused("This entry was withdrawn before.")
    require(can_withdraw_asset(by, asset), "Only its publishers, an Alliance editor or the secretariat withdraw it.")
    asset.state_reason = _reason(reason, "Say why, so that those who use it understand.")
    asset.state = Asset.State.WITHDRAWN
    asset.save(update_fields=["state", "state_reason"])
    log_action("assets_registry.withdrawn", by=by, about=asset, reason=asset.state_reason)
    return asset


def _publish(asset: Asset, *, by: User) -> Asset:
    asset.state = Asset.State.PUBLISHED
    asset.state_reason = ""
    asset.published_at = asset.published_at or clock.now()
    asset.save(update_fields=["state", "state_reason", "published_at"])
    log_action("assets_registry.published", by=by, about=asset)
    return asset


def _tell(asset: Asset, *, by: User) -> None:
    """Write to whoever decides next, except the person who handed it on."""
    queue_message(emails.asset_waits, asset, to=[person for person in whose_turn(asset) if person != by])


def _reason(reason: str, otherwise: str) -> str:
    if not (reason := reason.strip()):
        raise Refused(otherwise, field="reason")
    return reason[:300]
