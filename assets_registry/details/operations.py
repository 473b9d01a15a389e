"""Saying more about an asset."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assets_registry.details.kinds import checked
from assets_registry.models import Asset
from assets_registry.permissions import can_edit_asset, who_changes
from audit.operations import log_action
from core.errors import Refused
from core.links import check_page
from core.permissions import require


@transaction.atomic
def change_details(
    asset: Asset, *, by: User, answers: Mapping[str, Any] | None = None, demonstration_url: str = ""
) -> Asset:
    """Keep what an entry of its kind says beyond the rest, in place of what it said before."""
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    require(can_edit_asset(by, asset), who_changes(asset))
    asset.details = checked(asset.kind, answers or {})
    if demonstration_url:
        try:
            check_page(demonstration_url)
        except ValidationError as problem:
            raise Refused(str(problem.messages[0]), field="demonstration_url") from problem
    asset.demonstration_url = demonstration_url
    asset.save(update_fields=["details", "demonstration_url"])
    log_action("assets_registry.details_changed", by=by, about=asset, kind=asset.kind, keys=sorted(asset.details))
    return asset
