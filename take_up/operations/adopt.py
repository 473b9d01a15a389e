"""A council says that it uses an asset; its lead confirms it; then it counts."""

import datetime as dt
from typing import NoReturn

from django.db import transaction
from django.db.models import ProtectedError

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
from take_up.models import AS_IT_IS, Adoption, Benefit, EarlierUse, StatusConfirmed, UseSaid
from take_up.operations.fulfil import fulfil_commitments
from take_up.permissions import can_change_adoption, can_confirm_adoption, can_declare_adoption

ONLY_PUBLISHED = "Only a published asset can be adopted."


def refuse_to_enter(asset: Asset, *councils: Organisation) -> None:
    """Refuse where the asset is not published, or each of these councils is entered already."""
    if not asset.is_published:
        raise Refused(ONLY_PUBLISHED)
    known = Adoption.objects.filter(asset=asset, council__in=councils).select_related("council")
    if councils and len(known) == len(councils):
        so_far = known[0].get_status_display().lower()
        raise Refused(
            f"{known[0].council} is already entered here: {so_far} since {day_in_words(known[0].since)}. "
            "A council counts once, whichever team uses it. Change that entry instead.",
            field="council",
        )


def refuse_gone() -> NoReturn:
    """Refuse what somebody else has turned down or taken back."""
    raise Refused("It was turned down or taken back in the meantime.")


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
    officer_days: int | None = None,
    avoided_cost: int | None = None,
    may_be_listed: bool = True,
    source: str = "",
    is_illustrative: bool = False,
) -> Adoption:
    """Say that `council` uses the asset; confirmed at once where `by` is its lead."""
    require(can_declare_adoption(by, council), "Only confirmed contributors of a council can say what it uses.")
    # Lock the asset, so that it cannot be withdrawn meanwhile and a council cannot be entered twice.
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    _refuse_the_future(since)
    refuse_to_enter(asset, council)
    confirms = can_lead(by, council)
    adoption = Adoption.objects.create(
        asset=asset,
        council=council,
        status=status,
        since=since,
        version=version,
        what_we_changed=what_we_changed,
        officer_days=officer_days,
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
def confirm_adoption(adoption: Adoption, *, by: User, read: str | None = None) -> Adoption:
    """Confirm an adoption, or the change of it that waits. One that is confirmed already stays as it is.

    `read` is the mark of what the lead saw: refused where something else waits by now, or it was taken back.
    """
    # Lock the asset first, as whoever declares or withdraws it does: it may have been withdrawn since.
    asset = Asset.objects.select_for_update(of=("self",)).get(pk=adoption.asset_id)
    adoption = _locked(adoption)
    require(can_confirm_adoption(by, adoption), "Only the council's lead, with a second factor, can confirm this.")
    if not adoption.is_waiting:
        if read not in {None, UseSaid.that_stands(adoption).mark}:
            refuse_gone()
        return adoption
    _refuse_what_was_not_read(adoption, read)
    if not adoption.is_confirmed and not asset.is_published:
        raise Refused(ONLY_PUBLISHED)
    said_by, is_new = adoption.asked_by or adoption.declared_by, not adoption.is_confirmed
    if adoption.asked_status:
        is_new = _set(adoption, UseSaid.that_waits(adoption))
        _keep_question(adoption, None)
    if is_new:
        _confirm(adoption, by=by)
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
    officer_days: int | None = AS_IT_IS,
    avoided_cost: int | None = AS_IT_IS,
    may_be_listed: bool | None = None,
) -> Adoption:
    """Change version, notes, days and consent at once; a status or cost waits for the lead, unless the lead sets it.

    Until then the confirmed ones go on counting. What waits and is not given here goes on waiting. None as
    `officer_days` or `avoided_cost` says that the council gives none.
    """
    adoption = _locked(adoption)
    require(can_change_adoption(by, adoption), "Only contributors of this council can change what it says.")
    for field, value in (("version", version), ("what_we_changed", what_we_changed), ("may_be_listed", may_be_listed)):
        if value is not None:
            setattr(adoption, field, value)
    if officer_days != AS_IT_IS:
        adoption.officer_days = officer_days
    stands, waits = UseSaid.that_stands(adoption), UseSaid.that_waits(adoption)
    sets_it = not adoption.is_confirmed or can_lead(by, adoption.council)
    said = (stands if sets_it else waits).but(status, since, avoided_cost)
    asked = waits.but(None, None, avoided_cost)
    if status or since:
        asked = asked.but(said.status, said.since, AS_IT_IS)
        _refuse_a_wrong_day(adoption, said)
    is_new = sets_it and _set(adoption, said)
    if is_new and adoption.is_confirmed:
        _confirm(adoption, by=by)
    is_asked = not sets_it and asked not in (waits, stands)
    _keep_question(adoption, asked, by=by if is_asked else adoption.asked_by)
    adoption.save()
    if is_asked:
        queue_message(emails.adoption_waits, adoption, to=who_confirms(adoption.council))
    if is_new and adoption.is_confirmed:
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
def turn_down_adoption(adoption: Adoption, *, by: User, read: str | None = None) -> None:
    """Delete an adoption that waits, or drop the change of it that waits; `read` is as in `confirm_adoption`."""
    adoption = _locked(adoption)
    require(can_confirm_adoption(by, adoption), "Only the council's lead, with a second factor, can turn this down.")
    _refuse_what_was_not_read(adoption, read)
    if not adoption.is_confirmed and (promise := adoption.benefits.first()):
        raise Refused(
            f"{adoption.council} has promised “{promise}” of it already. Whoever writes for {adoption.council} can "
            "take that back together with the use; or confirm the use."
        )
    _drop_what_waits(adoption, by=by, action="assets_registry.adoption_turned_down")


@transaction.atomic
def withdraw_adoption(adoption: Adoption, *, by: User) -> None:
    """Delete an adoption that waits, with what was promised of it, or drop the change of it that waits.

    A promise of which something was measured stays, and its adoption with it.
    """
    adoption = _locked(adoption)
    require(can_change_adoption(by, adoption), "Only contributors of this council can take back what it says.")
    if not adoption.is_confirmed:
        for promise in adoption.benefits.select_for_update(of=("self",)).order_by("pk"):
            _take_out(promise, by=by)
    _drop_what_waits(adoption, by=by, action="assets_registry.adoption_withdrawn")


def _take_out(promise: Benefit, *, by: User) -> None:
    """Delete a promise of a use that nobody has confirmed."""
    stays = Refused(f"“{promise}” was promised of it, and measured or spoken about since, so both stay.")
    if promise.measurements.exists():
        raise stays
    log_action("take_up.promise_taken_back", by=by, about=promise, claimed=str(promise.claimed), unit=promise.unit)
    try:
        promise.delete()
    except ProtectedError as problem:  # a board speaks about it
        raise stays from problem


def _drop_what_waits(adoption: Adoption, *, by: User, action: str) -> None:
    if not adoption.is_waiting:
        raise Refused("Nothing waits here any more.")
    log_action(action, by=by, about=adoption, asset=adoption.asset_id, status=adoption.asked_status or adoption.status)
    if adoption.is_confirmed:
        _keep_question(adoption, None)
        adoption.save()
    else:
        adoption.delete()


def _refuse_what_was_not_read(adoption: Adoption, read: str | None) -> None:
    waits = UseSaid.that_waits(adoption)
    if adoption.is_waiting and read not in {None, waits.mark}:
        raise Refused(
            f"What {adoption.council} says was changed since you read it. It is now: {waits.in_words}. Nothing was "
            "done yet: decide about this."
        )


def _locked(adoption: Adoption) -> Adoption:
    rows = Adoption.objects.select_for_update(of=("self",)).select_related("council", "asset__owner")
    found = rows.filter(pk=adoption.pk).first()
    if found is None:
        refuse_gone()
    return found


def _set(adoption: Adoption, said: UseSaid) -> bool:
    """Set status, date and cost; whether the status or its date is new.

    Correcting the date moves the first day of live use; a new status does not. Live use that is over is kept as a time
    of its own once another status follows the one that ended it.
    """
    stands = UseSaid.that_stands(adoption)
    adoption.avoided_cost = said.avoided_cost
    if not said.has_other_status(stands):
        return False
    _keep_what_stood(adoption)
    if not adoption.is_confirmed or said.status == stands.status == Adoption.Status.LIVE:
        adoption.live_since = None  # found afresh on saving
    elif said.status != stands.status != Adoption.Status.LIVE:
        _keep_earlier_use(adoption)
    adoption.status, adoption.since = said.status, said.since
    return True


def _keep_what_stood(adoption: Adoption) -> None:
    """Add the present status to the history where that has none, as of a use taken over from an ended council."""
    if adoption.confirmed_by is None or adoption.confirmed_at is None or adoption.statuses.exists():
        return
    StatusConfirmed.objects.create(
        adoption=adoption,
        status=adoption.status,
        since=adoption.since,
        said_by=adoption.declared_by,
        confirmed_by=adoption.confirmed_by,
        confirmed_at=adoption.confirmed_at,
    )


def _keep_earlier_use(adoption: Adoption) -> None:
    """Keep the live use that the present status ended, if any."""
    began, ended = adoption.live_since, adoption.since
    if began is not None and began < ended:
        EarlierUse.objects.create(adoption=adoption, begins_on=began, ends_on=ended)
        adoption.__dict__.pop("lived_before", None)
    adoption.live_since = None


def _refuse_a_wrong_day(adoption: Adoption, said: UseSaid) -> None:
    """Refuse a day to come, a status that begins before the one that it follows, and a day put right likewise."""
    if not said.has_other_status(UseSaid.that_stands(adoption)):
        return
    _refuse_the_future(said.since)
    if not adoption.is_confirmed:
        return
    if said.status != adoption.status:
        words, first = adoption.get_status_display().lower(), adoption.since
        sentence = f"It has been {words} since {day_in_words(first)}: the next status begins on that day or later."
    elif adoption.live_since is not None and adoption.status != Adoption.Status.LIVE:
        first = adoption.live_since
        sentence = f"It was live from {day_in_words(first)}. Give that day or a later one."
    else:
        first = max((ended for _, ended in adoption.lived_before), default=said.since)
        sentence = f"It was in use before until {day_in_words(first)}. Give that day or a later one."
    if said.since < first:
        raise Refused(sentence, field="since")


def _keep_question(adoption: Adoption, asked: UseSaid | None, *, by: User | None = None) -> None:
    """Let this wait for the lead; nothing where it is what stands."""
    if asked is None or asked == UseSaid.that_stands(adoption):
        adoption.asked_status, adoption.asked_since, adoption.asked_by = "", None, None
        adoption.asked_avoided_cost = None
    else:
        adoption.asked_status, adoption.asked_since, adoption.asked_by = asked.status, asked.since, by
        adoption.asked_avoided_cost = asked.avoided_cost


def _confirm(adoption: Adoption, *, by: User) -> None:
    adoption.confirmed_by, adoption.confirmed_at = by, clock.now()


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
        since = adoption.since.isoformat()
        queue_message(emails.new_use, adoption, to=who_answers(owner), status=adoption.status, since=since)


def _refuse_the_future(since: dt.date) -> None:
    if since > clock.today():
        raise Refused("Give a day that has come. Plans are not counted.", field="since")
