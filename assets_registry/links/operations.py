"""Saying how assets hang together."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.models import User
from assets_registry.links.queries import named_bases
from assets_registry.models import Asset, AssetLink, NamedBase, repository_key
from assets_registry.permissions import can_edit_asset, visible_assets, who_changes
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require

THE_SAME = "An asset cannot be linked to itself."
SAID_ALREADY = "This is said already, here or on the page of the other asset."
GONE = "This asset is not listed any more. Choose another."


@transaction.atomic
def link_assets(asset: Asset, *, by: User, relation: str, other: Asset) -> AssetLink:
    """Say that an asset is based on another, depends on it, or is a part of it."""
    asset = _locked(asset, by=by)
    if asset == other:
        raise Refused(THE_SAME, field="other")
    if not visible_assets(by).filter(pk=other.pk).exclude(state=Asset.State.WITHDRAWN).exists():
        raise Refused(GONE, field="other")
    try:
        with transaction.atomic():
            link = AssetLink.objects.create(asset=asset, relation=relation, other=other)
    except IntegrityError as problem:
        raise Refused(SAID_ALREADY, field="other") from problem
    log_action("assets_registry.linked", by=by, about=asset, relation=relation, other=other.pk)
    return link


@transaction.atomic
def unlink_assets(link: AssetLink, *, by: User) -> Asset:
    """Take a link back, from the side that says it; returns the asset of that side."""
    asset = _locked(link.asset, by=by)
    AssetLink.objects.filter(pk=link.pk).delete()
    log_action("assets_registry.unlinked", by=by, about=asset, relation=link.relation, other=link.other_id)
    return asset


def remember_named_bases(assets: Sequence[Asset], *, of_before: Sequence[Asset]) -> None:
    """Keep which repositories each entry's file says it is based on. The caller holds the locks of the entries.

    `of_before` are those of which some may be kept already.
    """
    named = {(asset.pk, repository_key(address)) for asset in assets for address in named_bases(asset)}
    rows = {(row.asset_id, row.key): row.pk for row in NamedBase.objects.filter(asset__in=of_before)}
    if gone := rows.keys() - named:
        NamedBase.objects.filter(pk__in=[rows[each] for each in gone]).delete()
    NamedBase.objects.bulk_create(NamedBase(asset_id=pk, key=key) for pk, key in sorted(named - rows.keys()))


def _locked(asset: Asset, *, by: User) -> Asset:
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    require(can_edit_asset(by, asset), who_changes(asset))
    return asset
