"""Entering what lists of earlier programmes name, and verifying it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assets_registry.models import Asset, repository_key
from assets_registry.operations.publish import publish_or_pass_on
from assets_registry.operations.register import TAKEN_ADDRESSES, AlreadyRegistered
from assets_registry.permissions import can_approve_assets, can_publish_asset, visible_assets
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.links import check_page
from core.permissions import require
from councils.models import Organisation

FIRST_YEAR = 1990


@transaction.atomic
def enter_legacy_asset(
    *,
    by: User,
    owner: Organisation,
    name: str,
    kind: str,
    summary: str,
    source: str,
    year: int | None = None,
    address: str = "",
    is_illustrative: bool = False,
) -> Asset | None:
    """Enter an asset from a list as legacy, unverified; None where the owner has an entry of this name already."""
    require(can_approve_assets(by), "Only an Alliance editor or the secretariat enters lists of earlier programmes.")
    # Held, so that two imports at once do not both find the name free.
    Organisation.objects.select_for_update().get(pk=owner.pk)
    if Asset.objects.filter(owner=owner, name__iexact=name).exists():
        return None
    _check(name, kind, summary, source, year, address)
    if address and (other := _with_address(address)):
        raise AlreadyRegistered(visible_assets(by).filter(pk=other.pk).first())
    asset = Asset(
        name=name,
        kind=kind,
        summary=summary,
        owner=owner,
        repository_url=address,
        source=source,
        legacy_year=year,
        state=Asset.State.LEGACY,
        registered_by=by,
        registered_at=clock.now(),
        is_illustrative=is_illustrative,
    )
    save_with_slug(asset, name, reserved=TAKEN_ADDRESSES)
    log_action("assets_registry.legacy_entered", by=by, about=asset, kind=kind, owner=owner.pk)
    return asset


@transaction.atomic
def verify_asset(asset: Asset, *, by: User) -> Asset:
    """Make a legacy entry an ordinary one: its owner says that it holds.

    The first entry of a council waits for the editor, as any other does.
    """
    # Lock the owner, so that of two first entries only one can be the second.
    Organisation.objects.select_for_update().get(pk=asset.owner_id)
    asset = Asset.objects.select_for_update(of=("self",)).select_related("owner").get(pk=asset.pk)
    require(can_publish_asset(by, asset), "Only a publisher of its owner can verify this entry.")
    if not asset.is_legacy:
        raise Refused("This entry is verified already.")
    asset.checked_on = clock.today()
    asset.save(update_fields=["checked_on"])
    log_action("assets_registry.verified", by=by, about=asset)
    return publish_or_pass_on(asset, by=by)


def _check(name: str, kind: str, summary: str, source: str, year: int | None, address: str) -> None:
    """Refuse what an entry cannot hold, with the column that holds it."""
    for column, text in (("name", name), ("summary", summary), ("source", source)):
        if not text:
            raise Refused(f"It has no {column}.", field=column)
        most = _most(column)
        if len(text) > most:
            raise Refused(f"Its {column} has {len(text):,} characters, {most:,} are allowed.", field=column)
    if kind not in Asset.Kind.values:
        raise Refused(f"“{kind[:40]}” is no kind of asset. The kinds are {', '.join(Asset.Kind.values)}.", field="kind")
    if year is not None and not FIRST_YEAR <= year <= clock.today().year:
        raise Refused(f"{year} is no year from {FIRST_YEAR} to this one.", field="year")
    if address:
        try:
            if len(address) > _most("repository_url"):
                raise ValidationError("This address is too long.")
            check_page(address)
        except ValidationError as problem:
            raise Refused(str(problem.messages[0]), field="address") from problem


def _most(column: str) -> int:
    """How many characters a column of an entry has."""
    return getattr(Asset._meta.get_field(column), "max_length", 0)


def _with_address(address: str) -> Asset | None:
    rows = Asset.objects.filter(repository_key=repository_key(address)).exclude(repository_key="")
    return rows.exclude(state=Asset.State.WITHDRAWN).first()
