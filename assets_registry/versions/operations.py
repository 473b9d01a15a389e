"""Writing down the versions of an asset."""

import datetime as dt
import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from accounts.models import User
from assets_registry.models import Asset, AssetVersion
from assets_registry.permissions import can_edit_asset, who_changes
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require

STANDS_ALREADY = "This version stands in the list already. Change it there."


@transaction.atomic
def add_version(asset: Asset, *, by: User, version: str, released_on: dt.date, notes: str = "") -> AssetVersion:
    """Add a version. The newest one is what the entry says."""
    asset = _locked(asset, by=by)
    _check_day(released_on)
    if AssetVersion.objects.filter(asset=asset, version=version).exists():
        raise Refused(STANDS_ALREADY, field="version")
    added = AssetVersion.objects.create(asset=asset, version=version, released_on=released_on, notes=notes)
    _say_the_newest(asset)
    log_action("assets_registry.version_added", by=by, about=asset, version=version)
    return added


@transaction.atomic
def change_version(row: AssetVersion, *, by: User, version: str, released_on: dt.date, notes: str = "") -> AssetVersion:
    """Change the number, the day or the notes of a version."""
    asset = _locked(row.asset, by=by)
    row = AssetVersion.objects.get(pk=row.pk)
    _check_day(released_on)
    if version != row.version and asset.version == row.version:
        asset.version = version
    row.version, row.released_on, row.notes = version, released_on, notes
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        raise Refused(STANDS_ALREADY, field="version") from problem
    _say_the_newest(asset)
    log_action("assets_registry.version_changed", by=by, about=asset, version=version)
    return row


def remember_versions(assets: Iterable[Asset], *, of_before: Iterable[Asset]) -> None:
    """Keep the version that each entry says as one of its versions. The caller holds the locks of the entries.

    `of_before` are those that may have versions already.
    """
    said = {(asset.pk, asset.version): asset for asset in assets if asset.version}
    if not said:
        return
    before = {asset.pk for asset in of_before}
    rows = AssetVersion.objects.filter(asset__in=before, version__in={version for _, version in said})
    known = {(row.asset_id, row.version): row for row in rows}
    AssetVersion.objects.bulk_create(
        AssetVersion(asset=asset, version=asset.version, released_on=asset.released_on)
        for key, asset in said.items()
        if key not in known
    )
    moved = [known[key] for key, asset in said.items() if key in known and _has_another_day(asset, known[key])]
    for row in moved:
        row.released_on = said[row.asset_id, row.version].released_on
    AssetVersion.objects.bulk_update(moved, ["released_on"])


def _has_another_day(asset: Asset, row: AssetVersion) -> bool:
    return asset.released_on is not None and row.released_on != asset.released_on


def _locked(asset: Asset, *, by: User) -> Asset:
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    require(can_edit_asset(by, asset), who_changes(asset))
    return asset


def _check_day(released_on: dt.date) -> None:
    if released_on > clock.today():
        raise Refused("This day is still to come. Add the version when it is out.", field="released_on")


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, by which those without a day are compared: 1.10 is higher than 1.9."""
    return tuple(int(number) for number in re.findall(r"[0-9]+", version))


def _say_the_newest(asset: Asset) -> None:
    """Have the entry say the version that came out last, with its day.

    Where nobody knows the day of the one that it says, only a higher number is newer.
    """
    newest = AssetVersion.objects.filter(asset=asset, released_on__isnull=False).first()
    is_dated = not AssetVersion.objects.filter(asset=asset, version=asset.version, released_on=None).exists()
    if newest and (is_dated or _numbers(newest.version) > _numbers(asset.version)):
        asset.version, asset.released_on = newest.version, newest.released_on
        asset.save(update_fields=["version", "released_on"])
