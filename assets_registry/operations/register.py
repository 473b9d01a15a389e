"""Entering an asset, and keeping its entry right."""

import datetime as dt
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.models import AnyUser, User
from assets_registry import licences
from assets_registry import publiccode as files
from assets_registry.links.operations import remember_named_bases
from assets_registry.models import Asset
from assets_registry.permissions import can_edit_asset, can_register_asset, visible_assets, who_changes
from assets_registry.versions.operations import remember_versions
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.content import digest_of
from core.errors import CHANGED_SINCE, Refused
from core.links import check_repository
from core.permissions import require
from core.pictures import CleanPicture
from councils.kinds import Tier
from councils.models import Organisation, Service
from projects.models import Project, Purpose

TAKEN_ADDRESSES = {
    "register",
    "waiting",
    "benefits",
    "adoptions",
    "commitments",
    "compare",
    "shortlist",
    "stewards",
    "problems",
    "upload",
    "uploads",
}
_MOST_FAULTS = 10  # faults of a file named in one refusal
_CHANGEABLE = (
    "name",
    "kind",
    "summary",
    "description",
    "project",
    "tier",
    "phase",
    "repository_url",
    "licence",
    "version",
    "released_on",
    "contact",
    "publiccode",
    "left_out",
    "leaving",
)


class AlreadyRegistered(Refused):
    """The repository has an entry. `asset` is None where the person may not see it yet."""

    def __init__(self, asset: Asset | None) -> None:
        which = f"see {asset}" if asset else "the entry waits to be published"
        super().__init__(f"This repository is already registered: {which}.", field="repository_url")
        self.asset = asset


@transaction.atomic
def register_asset(
    *,
    by: User,
    owner: Organisation,
    name: str,
    kind: str,
    summary: str,
    description: str = "",
    project: Project | None = None,
    services: Iterable[Service] = (),
    purposes: Iterable[Purpose] = (),
    tier: str | None = None,
    phase: str = Asset.Phase.LIVE,
    repository_url: str = "",
    licence: str = "",
    version: str = "",
    released_on: dt.date | None = None,
    contact: str = "",
    publiccode: dict[str, Any] | None = None,
    left_out: Iterable[str] = (),
    leaving: str = "",
    picture: CleanPicture | None = None,
    picture_alt: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Asset:
    """Enter an asset as a draft of its owner. Without a tier it is for the councils that provide its service."""
    require(can_register_asset(by, owner), "Only confirmed contributors of the owner can register its assets.")
    services = list(services)
    asset = Asset(
        name=name,
        kind=kind,
        summary=summary,
        description=description,
        owner=owner,
        project=project,
        tier=tier or _tier_of(services),
        phase=phase,
        repository_url=repository_url,
        licence=licence,
        version=version,
        released_on=released_on,
        contact=contact,
        publiccode=publiccode or {},
        left_out=list(left_out),
        leaving=leaving,
        registered_by=by,
        registered_at=clock.now(),
        checked_on=clock.today(),
        source=source,
        is_illustrative=is_illustrative,
    )
    _save(asset, by=by)
    if picture:
        _show(asset, picture, picture_alt)
    if services:
        asset.services.set(services)
    if purposes:
        asset.purposes.set(purposes)
    log_action("assets_registry.registered", by=by, about=asset, kind=kind, owner=owner.pk)
    return asset


def refusal_of(*, by: User, **entry: Any) -> Refused | None:
    """What registering this entry would be refused for, or None; nothing is kept."""
    try:
        with transaction.atomic():
            register_asset(by=by, **entry)
            transaction.set_rollback(True)
    except Refused as refusal:
        return refusal
    return None


@transaction.atomic
def change_asset(
    asset: Asset,
    *,
    by: User,
    services: Iterable[Service] | None = None,
    purposes: Iterable[Purpose] | None = None,
    picture: CleanPicture | None = None,
    picture_alt: str | None = None,
    read_as: str | None = None,
    **changes: Any,
) -> Asset:
    """Change an entry. Owner and state have operations of their own.

    Without a picture the old one stays; an empty `picture_alt` takes it away. `read_as` is the mark of the entry that
    the changes were made to: refused where it has changed since, unless it says the same already.
    """
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    require(can_edit_asset(by, asset), who_changes(asset))
    is_old = read_as is not None and read_as != mark_of(asset)
    changed = set_fields(asset, changes)
    rows = {name: list(given) for name, given in (("services", services), ("purposes", purposes)) if given is not None}
    changed += [name for name, given in rows.items() if set(given) != set(getattr(asset, name).all())]
    is_shown_otherwise = picture or picture_alt not in (None, asset.picture_alt)
    if is_old and (changed or is_shown_otherwise):
        raise Refused(CHANGED_SINCE)
    _save(asset, by=by)
    if is_shown_otherwise:
        _show(asset, picture, picture_alt or "")
        changed.append("picture")
    for name, given in rows.items():
        getattr(asset, name).set(given)
    log_action("assets_registry.changed", by=by, about=asset, fields=changed)
    return asset


def mark_of(asset: Asset) -> str:
    """The mark of an entry as it stands, another one once anything has changed that its form shows."""
    rows = {name: sorted(row.pk for row in getattr(asset, name).all()) for name in ("services", "purposes")}
    shown = {name: getattr(asset, name) for name in (*_CHANGEABLE, "picture_alt") if name != "project"}
    return digest_of({**shown, **rows, "project": asset.project_id, "picture": asset.picture.name or ""})


def set_fields(asset: Asset, changes: dict[str, Any]) -> list[str]:
    """The fields that change an entry, once they are set; its owner has looked at it today. Nothing is saved."""
    changed = [field for field in _CHANGEABLE if field in changes and changes[field] != getattr(asset, field)]
    for field in changed:
        setattr(asset, field, changes[field])
    asset.checked_on = clock.today()
    return changed


@transaction.atomic
def check_asset(asset: Asset, *, by: User) -> Asset:
    """Write down that the owner found the entry still right."""
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    require(can_edit_asset(by, asset), who_changes(asset))
    asset.checked_on = clock.today()
    asset.save(update_fields=["checked_on"])
    log_action("assets_registry.checked", by=by, about=asset)
    return asset


def _show(asset: Asset, picture: CleanPicture | None, alt: str) -> None:
    """Keep a new picture or none, and what it shows. A file that is no longer shown goes once this is committed."""
    if picture and not alt:
        raise Refused("Say what the picture shows.", field="picture_alt")
    old = asset.picture.name
    if picture:
        asset.picture_width, asset.picture_height = picture.width, picture.height
        asset.picture.save(f"{secrets.token_urlsafe(12)}.webp", ContentFile(picture.content), save=False)
    elif not alt:
        asset.picture, asset.picture_width, asset.picture_height = "", 0, 0
    asset.picture_alt = alt if asset.picture else ""
    asset.save(update_fields=["picture", "picture_alt", "picture_width", "picture_height"])
    if old and old != asset.picture.name:
        transaction.on_commit(partial(asset.picture.storage.delete, old))


def _tier_of(services: list[Service]) -> str:
    """The tier that provides all the services; all councils where they differ."""
    tiers = {service.providing_tier for service in services}
    return tiers.pop() if len(tiers) == 1 else Tier.ALL


def check_entry(asset: Asset) -> None:
    """Refuse what a form may not have checked, and write the licence as SPDX does. Asks the database nothing."""
    if asset.repository_url:
        try:
            check_repository(asset.repository_url)
        except ValidationError as problem:
            raise Refused(str(problem.message), field="repository_url") from problem
    try:
        asset.licence = licences.normal(asset.licence)
    except ValidationError as problem:
        raise Refused(str(problem.message), field="licence") from problem
    _refuse_a_wrong_file(asset)


def _save(asset: Asset, *, by: AnyUser) -> None:
    """Keep an entry that is in order, one per repository."""
    check_entry(asset)
    _refuse_a_second_entry(asset, by=by)
    try:
        with transaction.atomic():
            if asset.pk:
                asset.save()
            else:
                save_with_slug(asset, asset.name, reserved=TAKEN_ADDRESSES)
    except IntegrityError:  # of the same repository, entered at the same moment
        _refuse_a_second_entry(asset, by=by)
        raise
    remember_versions([asset], of_before=[asset])
    remember_named_bases([asset], of_before=[asset])


def _refuse_a_wrong_file(asset: Asset) -> None:
    """Refuse a file that breaks the rules of the standard, because the same file is handed out."""
    refuse_a_long_file(asset)
    if wrong := files.faults(asset):
        listed = "; ".join(f"{files.key_in_words(problem.key)}: {problem.sentence}" for problem in wrong[:_MOST_FAULTS])
        raise Refused(f"Put this right in the file: {listed}.", field="publiccode_text")


def refuse_a_long_file(asset: Asset) -> None:
    if asset.publiccode and files.is_too_long(asset.publiccode):
        raise Refused(files.TOO_LONG, field="publiccode_text")


def _refuse_a_second_entry(asset: Asset, *, by: AnyUser) -> None:
    if other := Asset.objects.of_repository(asset.repository_url).exclude(pk=asset.pk).first():
        raise AlreadyRegistered(visible_assets(by).filter(pk=other.pk).first())
