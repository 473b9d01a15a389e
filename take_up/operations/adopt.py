"""A council says that it uses an asset; its lead confirms it; then it counts."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from assets_registry.models import Asset
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from councils.models import Organisation
from councils.permissions import can_lead
from councils.queries import who_answers, who_confirms
from outbox.operations import queue_message
from take_up import emails
from take_up.models import Adoption, StatusConfirmed
from take_up.operations.fulfil import fulfil_commitments
from take_up.permissions import can_change_adoption, can_confirm_adoption, can_declare_adoption

AS_IT_IS = -1  # of an avoided cost that is not to change


@transaction.atomic
def declare_adoption(
    asset: Asset,
    *,
    by: User,
    council: Organisation,
    status: str,
    since: dt.date,
    version: str = "",
    what_we_changed: str = "",
    avoided_cost: int | None = None,
    may_be_listed: bool = True,
    source: str = "",
    is_illustrative: bool = False,
) -> Adoption:
    """Say that `council` uses the asset; confirmed at once where `by` is its lead."""
    require(can_declare_adoption(by, council), "Only confirmed contributors of a council can say what it uses.")
    # Lock the asset, so that it cannot be withdrawn meanwhile and a council cannot be entered twice.
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    if not asset.is_published:
        raise Refused("Only a published asset can be adopted.")
    _refuse_the_future(since)
    if known := Adoption.objects.filter(asset=asset, council=council).first():
        so_far = known.get_status_display().lower()
        raise Refused(
            f"{council} is already entered here: {so_far} since {day_in_words(known.since)}. "
            "A council counts once, whichever team uses it. Change that entry instead.",
            field="council",
        )
    confirms = can_lead(by, council)
    adoption = Adoption.objects.create(
        asset=asset,
        council=council,
        status=status,
        since=since,
        version=version,
        what_we_changed=what_we_changed,
        avoided_cost=avoided_cost,
        may_be_listed=may_be_listed,
        declared_by=by,
        declared_at=clock.now(),
        confirmed_by=by if confirms else None,
        confirmed_at=clock.now() if confirms else None,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("assets_registry.adoption_declared", by=by, about=adoption, asset=asset.pk, status=status)
    if confirms:
        log_action("assets_registry.adoption_confirmed", by=by, about=adoption, asset=asset.pk, status=status)
        _note_status(adoption, said_by=by, confirmed_by=by)
    else:
        queue_message(emails.adoption_waits, adoption, to=who_confirms(council))
    return adoption


@transaction.atomic
def confirm_adoption(adoption: Adoption, *, by: User) -> Adoption:
    """Confirm an adoption, or the change of it that waits. One that is confirmed already stays as it is."""
    adoption = _locked(adoption)
    require(can_confirm_adoption(by, adoption), "Only the council's lead, with a second factor, can confirm this.")
    if not adoption.is_waiting:
        return adoption
    said_by, is_new = adoption.asked_by or adoption.declared_by, not adoption.is_confirmed
    if adoption.asked_status:
        asked = adoption.asked_status, adoption.asked_since or adoption.since
        is_new, adoption.avoided_cost = asked != (adoption.status, adoption.since), adoption.asked_avoided_cost
        _set_status(adoption, *asked)
    adoption.confirmed_by = by
    adoption.confirmed_at = clock.now()
    adoption.save()
    if is_new:
        _note_status(adoption, said_by=said_by, confirmed_by=by)
    log_action(
        "assets_registry.adoption_confirmed", by=by, about=adoption, asset=adoption.asset_id, status=adoption.status
    )
    return adoption


@transaction.atomic
def change_adoption(
    adoption: Adoption,
    *,
    by: User,
    status: str | None = None,
    since: dt.date | None = None,
    version: str | None = None,
    what_we_changed: str | None = None,
    avoided_cost: int | None = AS_IT_IS,
    may_be_listed: bool | None = None,
) -> Adoption:
    """Change version, notes and consent at once; a new status or cost waits for the lead, unless the lead sets it.

    Until then the confirmed ones go on counting. `avoided_cost` of None says that the council gives none.
    """
    adoption = _locked(adoption)
    require(can_change_adoption(by, adoption), "Only contributors of this council can change what it says.")
    for field, value in (("version", version), ("what_we_changed", what_we_changed), ("may_be_listed", may_be_listed)):
        if value is not None:
            setattr(adoption, field, value)
    status, since = status or adoption.status, since or adoption.since
    avoided_cost = adoption.avoided_cost if avoided_cost == AS_IT_IS else avoided_cost
    is_new = (status, since) != (adoption.status, adoption.since)
    if is_new:
        _refuse_the_future(since)
        if adoption.is_confirmed and status != adoption.status and since < adoption.since:
            raise Refused(
                f"It has been {adoption.get_status_display().lower()} since {day_in_words(adoption.since)}: "
                "the next status begins on that day or later.",
                field="since",
            )
    sets_it = not adoption.is_confirmed or can_lead(by, adoption.council)
    if sets_it and (is_new or avoided_cost != adoption.avoided_cost):
        _set_status(adoption, status, since)
        adoption.avoided_cost = avoided_cost
    elif is_new or avoided_cost != adoption.avoided_cost:
        adoption.asked_status, adoption.asked_since, adoption.asked_by = status, since, by
        adoption.asked_avoided_cost = avoided_cost
        queue_message(emails.adoption_waits, adoption, to=who_confirms(adoption.council))
    adoption.save()
    if is_new and sets_it and adoption.is_confirmed:
        _note_status(adoption, said_by=by, confirmed_by=by)
    log_action(
        "assets_registry.adoption_changed",
        by=by,
        about=adoption,
        asset=adoption.asset_id,
        status=adoption.status,
        asked=adoption.asked_status,
    )
    return adoption


@transaction.atomic
def turn_down_adoption(adoption: Adoption, *, by: User) -> None:
    """Delete an adoption that waits, or drop the change of it that waits."""
    adoption = _locked(adoption)
    require(can_confirm_adoption(by, adoption), "Only the council's lead, with a second factor, can turn this down.")
    if not adoption.is_waiting:
        raise Refused("Nothing waits here any more.")
    log_action(
        "assets_registry.adoption_turned_down",
        by=by,
        about=adoption,
        asset=adoption.asset_id,
        status=adoption.asked_status or adoption.status,
    )
    if adoption.is_confirmed:
        _forget_question(adoption)
        adoption.save()
    else:
        adoption.delete()


def _locked(adoption: Adoption) -> Adoption:
    return (
        Adoption.objects.select_for_update(of=("self",)).select_related("council", "asset__owner").get(pk=adoption.pk)
    )


def _set_status(adoption: Adoption, status: str, since: dt.date) -> None:
    """Set status and date. Correcting the date moves the first day of live use; a new status does not."""
    if (status, since) != (adoption.status, adoption.since):
        if status == adoption.status == Adoption.Status.LIVE or not adoption.is_confirmed:
            adoption.live_since = None  # found afresh on saving
        adoption.status, adoption.since = status, since
    _forget_question(adoption)


def _forget_question(adoption: Adoption) -> None:
    adoption.asked_status, adoption.asked_since, adoption.asked_by = "", None, None
    adoption.asked_avoided_cost = None


def _note_status(adoption: Adoption, *, said_by: User, confirmed_by: User) -> None:
    """Add the confirmed status to the history, end the commitments that it keeps, and tell the asset's owner."""
    StatusConfirmed.objects.create(
        adoption=adoption,
        status=adoption.status,
        since=adoption.since,
        said_by=said_by,
        confirmed_by=confirmed_by,
        confirmed_at=clock.now(),
    )
    fulfil_commitments(adoption)
    owner = adoption.asset.owner
    if owner != adoption.council:
        queue_message(emails.new_use, adoption, to=who_answers(owner))


def _refuse_the_future(since: dt.date) -> None:
    if since > clock.today():
        raise Refused("Give a day that has come. Plans are not counted.", field="since")
