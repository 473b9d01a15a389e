"""The desk at the door: who is there."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.operations import record
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from events.models import Event, SignUp
from events.operations.queue import keep_count, lock, lock_place
from events.permissions import can_run_event

NOT_STAFF = "Only facilitators check people in."
FULL = "Every place is taken. Raise the event's capacity first, or give back the place of someone who is not coming."


@transaction.atomic
def check_in(place: SignUp, *, by: User) -> SignUp:
    """Someone with a place is there. Someone who waits gets a place first, if one is free.

    A second desk that checks the same person in is told when the first did.
    """
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    _refuse_before_the_day(event)
    return _arrive(event, place, by=by)


def _arrive(event: Event, place: SignUp, *, by: User) -> SignUp:
    if place.checked_in_at:
        raise Refused(f"{place.person} was already checked in at {timezone.localtime(place.checked_in_at):%H:%M}.")
    if place.status == SignUp.Status.CANCELLED:
        raise Refused(f"{place.person} gave this place back. Add them as a walk-in.")
    if place.status == SignUp.Status.WAITING:
        _take_free_place(event)
        place.status = SignUp.Status.CONFIRMED
        place.promoted_at = clock.now()
    place.checked_in_at = clock.now()
    place.save(update_fields=["status", "promoted_at", "checked_in_at"])
    record("events.checked_in", by=by, about=event, place=place.pk)
    return place


def _take_free_place(event: Event) -> None:
    if event.is_full:
        raise Refused(FULL)
    event.places_taken += 1
    keep_count(event)


def _refuse_before_the_day(event: Event) -> None:
    if event.state != Event.State.PUBLISHED:
        raise Refused("This event is not taking place.")
    if clock.today() < timezone.localdate(event.starts_at):
        raise Refused("Check-in opens on the day of the event.")


@transaction.atomic
def undo_check_in(place: SignUp, *, by: User) -> SignUp:
    """It was somebody else. Undoing twice changes nothing."""
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    if place.checked_in_at is None:
        return place
    if place.has_given_feedback:
        raise Refused("This person has given feedback already, so they were there.")
    place.checked_in_at = None
    place.save(update_fields=["checked_in_at"])
    record("events.undid_check_in", by=by, about=event, place=place.pk)
    return place


@transaction.atomic
def walk_in(
    event: Event,
    *,
    by: User,
    name: str,
    email: str,
    organisation: Organisation | None = None,
    kind: str = SignUp.Kind.OTHER,
) -> SignUp:
    """Someone came without signing up: they get an account without a password, a place if one is free, and are in.

    Someone who had signed up is simply checked in.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    _refuse_before_the_day(event)
    person = _person(name, email)
    place = event.sign_ups.filter(person=person).exclude(status=SignUp.Status.CANCELLED).first()
    if place is None:
        place = SignUp(
            event=event,
            person=person,
            organisation=organisation,
            kind=kind,
            status=SignUp.Status.CONFIRMED,
            position=event.next_position,
            signed_up_at=clock.now(),
        )
        event.next_position += 1
        _take_free_place(event)
        place.save()
        record("events.walked_in", by=by, about=event, place=place.pk)
    else:
        place.person = person
    return _arrive(event, place, by=by)


def _person(name: str, email: str) -> User:
    """The account with that address; a new one can only be entered through a code sent to it."""
    address = email.strip()
    own = Q(email__iexact=address) | Q(emailaddress__email__iexact=address, emailaddress__verified=True)
    if known := User.objects.filter(own).order_by("pk").first():
        return known
    return User.objects.create_user(address, name=name)
