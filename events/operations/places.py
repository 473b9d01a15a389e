"""Places: taking one, changing it, giving it back, passing it on."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from audit.operations import record
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from councils.permissions import organisations_of
from events import tasks
from events.models import Event, SignUp
from events.operations.queue import keep_count, lock, lock_place, promote, tell
from events.permissions import can_change_sign_up

NOT_YOURS = "Only the person who holds this place, or a facilitator, can do this."


@transaction.atomic
def sign_up(
    event: Event,
    *,
    by: User,
    organisation: Organisation | None = None,
    kind: str = SignUp.Kind.OTHER,
    access_needs: str = "",
    is_listed: bool = False,
) -> SignUp:
    """Give `by` a place, or the next place in the queue once the event is full.

    Signing up twice changes nothing and returns the first sign-up.
    """
    require(by.is_authenticated and by.is_active, "Sign in to sign up for events.")
    # Lock the event, so that two people cannot both take its last place.
    event = lock(event)
    if place := event.sign_ups.filter(person=by).exclude(status=SignUp.Status.CANCELLED).first():
        place.event = event
        return place
    _refuse_unless_open(event)
    # Of the past it is told who came for whom, whatever they belong to now.
    if not clock.is_telling_history():
        _refuse_stranger(by, organisation)
    place = event.sign_ups.create(
        person=by,
        organisation=organisation,
        kind=kind,
        status=SignUp.Status.WAITING if event.is_full else SignUp.Status.CONFIRMED,
        position=event.next_position,
        signed_up_at=clock.now(),
        access_needs=access_needs,
        is_listed=is_listed,
    )
    event.next_position += 1
    event.places_taken += place.status == SignUp.Status.CONFIRMED
    keep_count(event)
    record("events.signed_up", by=by, about=event, place=place.pk, status=place.status, position=place.position)
    tell(tasks.email_confirmation, place.pk)
    return place


def _refuse_unless_open(event: Event) -> None:
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.state == Event.State.DRAFT:
        raise Refused("This event is not open for sign-up yet.")
    if event.has_started:
        raise Refused("Sign-up closed when this event started.")
    if not event.takes_sign_ups:
        raise Refused("Sign-up for this event has closed.")


def _refuse_stranger(person: User, organisation: Organisation | None) -> None:
    if not EmailAddress.objects.filter(user=person, verified=True).exists():
        raise Refused("Confirm your e-mail address first, so that we can write to you about your place.")
    if organisation is not None and organisation not in organisations_of(person):
        raise Refused(f"You are not a confirmed member of {organisation}.", field="organisation")


@transaction.atomic
def change_sign_up(place: SignUp, *, by: User, **answers: Any) -> SignUp:
    """Change what was said at sign-up: `organisation`, `kind`, `access_needs`, `is_listed`."""
    require(can_change_sign_up(by, place), NOT_YOURS)
    event, place = lock_place(place)
    _refuse_unless_living(event, place)
    if answers.get("organisation") not in (None, place.organisation):
        _refuse_stranger(place.person, answers["organisation"])
    for name in {"organisation", "kind", "access_needs", "is_listed"} & answers.keys():
        setattr(place, name, answers[name])
    place.save()
    record("events.changed_sign_up", by=by, about=event, place=place.pk)
    return place


def _refuse_unless_living(event: Event, place: SignUp) -> None:
    if place.status == SignUp.Status.CANCELLED:
        raise Refused("This place was given back already.")
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.has_started:
        raise Refused("This event has started, so places can no longer be changed.")


@transaction.atomic
def cancel_sign_up(place: SignUp, *, by: User) -> SignUp:
    """Give the place back, or leave the queue. Whoever waits next gets the place in the same moment.

    Cancelling twice changes nothing.
    """
    require(can_change_sign_up(by, place), NOT_YOURS)
    # The event's lock, so that two people who cancel at once do not promote the same person.
    event, place = lock_place(place)
    if place.status == SignUp.Status.CANCELLED:
        return place
    _refuse_unless_living(event, place)
    had_a_place = place.status == SignUp.Status.CONFIRMED
    place.status = SignUp.Status.CANCELLED
    place.cancelled_at = clock.now()
    place.access_needs = ""
    place.save(update_fields=["status", "cancelled_at", "access_needs"])
    promoted = []
    if had_a_place:
        event.places_taken -= 1
        promoted = promote(event)
        keep_count(event)
    record("events.cancelled_sign_up", by=by, about=event, place=place.pk, promoted=[other.pk for other in promoted])
    tell(tasks.email_cancellation, place.pk)
    return place


@transaction.atomic
def pass_on(place: SignUp, *, to_email: str, by: User) -> SignUp:
    """Give the place, or the place in the queue, to a colleague who has an account with that address.

    It gets a new reference, so that whoever held it cannot open it any more.
    """
    require(can_change_sign_up(by, place), NOT_YOURS)
    event, place = lock_place(place)
    _refuse_unless_living(event, place)
    colleague = _colleague(to_email)
    if colleague == place.person:
        raise Refused("This is the address that holds the place now.", field="email")
    if event.sign_ups.filter(person=colleague).exclude(status=SignUp.Status.CANCELLED).exists():
        raise Refused("Your colleague is already signed up for this event.", field="email")
    place.person = colleague
    place.reference = uuid.uuid4()
    # What the first person said about themselves is theirs.
    place.access_needs, place.is_listed, place.last_reminder = "", False, ""
    place.kind = SignUp.Kind.OTHER
    if place.organisation not in organisations_of(colleague):
        place.organisation = None
    place.save()
    record("events.passed_on", by=by, about=event, place=place.pk)
    tell(tasks.email_passed_on, place.pk)
    return place


def _colleague(address: str) -> User:
    known = EmailAddress.objects.filter(email__iexact=address.strip(), verified=True, user__is_active=True)
    if found := known.select_related("user").first():
        return found.user
    raise Refused(
        "Nobody can take the place with this address yet. Ask your colleague to create an account with it and "
        "confirm the address, then pass your place on.",
        field="email",
    )
