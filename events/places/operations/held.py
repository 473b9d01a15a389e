"""Places of people without an account, or who have not signed in: held until they give the code sent to them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet

from accounts.models import AnyUser, User
from accounts.operations import account_for
from accounts.queries import confirmed_addresses
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from councils.permissions import only_organisation_of
from events.event.models import Event
from events.event.people import GONE, ParticipantKind
from events.places import emails
from events.places.models import SignUp
from events.places.operations.kinds import refuse_other_kind
from events.places.operations.queue import count_in, keep_count, lock, lock_place
from events.places.operations.reseating import come_for, prove_council
from events.places.operations.sign_ups import keep_answers, others_wait, refuse_stranger, refuse_unless_open
from events.places.room import before_sign_up
from outbox.operations import queue_message

HELD_FOR = dt.timedelta(minutes=30)
UNVERIFIED_KEPT = dt.timedelta(days=7)
HELD_FOR_ANOTHER = "This place is held for somebody else."
TOO_MANY = (
    "Many people are taking a place here and have not given their code yet. Try again in a few minutes, or sign in: "
    "whoever is signed in gets a place at once."
)


def most_held(event: Event) -> int:
    """How many places may be held at a time: half of all, at least five, so that invented people cannot fill a day."""
    return max(5, event.capacity // 2)


def most_of_one_client(event: Event) -> int:
    """How many of these may come from one address of the net: half, so that others still find one to hold."""
    return max(5, most_held(event) // 2)


@transaction.atomic
def hold_place(
    event: Event,
    *,
    by: AnyUser,
    name: str,
    email: str,
    kind: ParticipantKind | None = None,
    access_needs: str = "",
    diet: str = "",
    is_listed: bool = False,
    answers: Mapping[str, Any] | None = None,
) -> SignUp | None:
    """Hold a place for 30 minutes for whoever has that address, with a new account where it has none.

    Somebody with a place keeps it as it is and whoever asks hears nothing of it. None for a closed account, and where
    no place is free: the waiting list takes nobody before their address is proved.
    """
    require(not by.is_authenticated, "You are signed in: take a place for yourself.")
    event = lock(event)
    refuse_unless_open(event)
    if event.is_full or others_wait(event):
        return None
    if event.sign_ups.filter(status=SignUp.Status.HELD).count() >= most_held(event):
        raise Refused(TOO_MANY)
    person = _locked_account(email, name=name)
    if not person.is_active:
        return None
    before = before_sign_up(event, person, None, kind)
    if before.place:
        return before.place
    if not before.room.has_place_for(None, kind):
        return None
    if not before.kind_stands:
        raise Refused(GONE, field="kind")
    place = event.sign_ups.create(
        person=person,
        kind=kind,
        status=SignUp.Status.HELD,
        lapses_at=event.now + HELD_FOR,
        pool=before.room.pool_for(None, kind),
        position=event.next_position,
        signed_up_at=event.now,
        access_needs=access_needs,
        diet=diet,
        is_listed=is_listed,
    )
    keep_answers(event, person, answers)
    event.next_position += 1
    count_in(event, place)
    keep_count(event)
    log_action("events.held", by=None, about=event, place=place.pk)
    return place


@transaction.atomic
def confirm_held(place: SignUp, *, by: User, answers: Mapping[str, Any] | None = None, **said: Any) -> SignUp:
    """Make a held place theirs, once they have shown that its address is. Confirming twice changes nothing.

    What they have `said` themselves takes the place of what was typed as the place was held, as in `change_sign_up`.
    Where their council has as many places as it may have now, they wait instead.
    """
    require(by.is_authenticated and by.is_active and place.person_id == by.pk, HELD_FOR_ANOTHER)
    event, place = lock_place(place)
    if place.status != SignUp.Status.HELD:
        return place
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if not confirmed_addresses(by).exists():
        raise Refused("Confirm your e-mail address first, with the code that we sent to it.")
    organisation = said["organisation"] if "organisation" in said else only_organisation_of(by)
    refuse_stranger(by, organisation)
    place.status, place.lapses_at = SignUp.Status.CONFIRMED, None
    if (kind := said.get("kind", place.kind)) != place.kind:
        refuse_other_kind(event, kind)
        come_for(event, place, place.organisation, kind)
    if organisation:
        prove_council(event, place, organisation)
    for name in {*SignUp.HEALTH, "is_listed"} & said.keys():
        setattr(place, name, said[name])
    place.save(update_fields=["organisation", "kind", "status", "lapses_at", *SignUp.HEALTH, "is_listed"])
    keep_answers(event, by, answers)
    log_action("events.confirmed_held", by=by, about=event, own=place, place=place.pk)
    queue_message(emails.confirmation, place, to=by)
    return place


def held_for(person: User) -> list[SignUp]:
    """The places that are held for a person."""
    return list(SignUp.objects.filter(person=person, status=SignUp.Status.HELD).select_related("event"))


def forget_unverified() -> int:
    """Delete the accounts that a sign-up form made a week ago and nobody has entered, and return how many."""
    return do_each(_forget, _never_entered().order_by("pk")[:500])


def _locked_account(email: str, *, name: str) -> User:
    """The account with that address, locked, so that it is not forgotten meanwhile."""
    person = account_for(email, name=name)
    kept = User.objects.select_for_update().filter(pk=person.pk).first()
    return kept or account_for(email, name=name)


def _never_entered() -> QuerySet[User]:
    """Accounts without a place but one that has lapsed, made by a form (which leaves them no password), at an address
    that nobody has proved."""
    places = SignUp.objects.filter(person=OuterRef("pk")).exclude(ended_because=SignUp.Ended.LAPSED)
    old = User.objects.filter(joined_at__lt=clock.now() - UNVERIFIED_KEPT, last_login=None, erased_at=None)
    without_password = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    asked_to_prove = Q(emailaddress__verified=False) & ~Q(emailaddress__verified=True)
    return old.filter(without_password, asked_to_prove, ~Exists(places)).distinct()


@transaction.atomic
def _forget(person: User) -> bool:
    for event in Event.objects.filter(sign_ups__person=person).distinct().order_by("pk"):
        lock(event)
    User.objects.select_for_update().filter(pk=person.pk).first()
    if not _never_entered().filter(pk=person.pk).exists():
        return False  # they have come back meanwhile
    try:
        with transaction.atomic():
            person.sign_ups.all().delete()
            person.delete()
    except ProtectedError:  # something else rests on the account, which makes it more than a held place
        return False
    log_action("events.forgot_unverified", by=None)
    return True
