"""Operations of one's own place: sign up, change, give back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.queries import confirmed_addresses
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from councils.permissions import organisations_of
from events.event.models import Event
from events.event.people import ParticipantKind
from events.places import emails
from events.places.models import SignUp
from events.places.operations.kinds import GONE, refuse_other_kind
from events.places.operations.queue import count_in, give_up, keep_count, lock, lock_place
from events.places.operations.reseating import come_for
from events.places.permissions import can_change_sign_up
from events.places.room import before_sign_up
from outbox.operations import queue_message
from questions.operations import hand_in_answers

NOT_YOURS = "Only the person who holds this place, and those who run the event, can do this."


@transaction.atomic
def sign_up(
    event: Event,
    *,
    by: User,
    organisation: Organisation | None = None,
    kind: ParticipantKind | None = None,
    access_needs: str = "",
    diet: str = "",
    is_listed: bool = False,
    answers: Mapping[str, Any] | None = None,
) -> SignUp:
    """Give `by` a place, or the next place in the queue once the event is full.

    `answers` are those to the event's own questions; None where they were not asked, as at the door. Signing up twice
    changes nothing and returns the first sign-up.
    """
    require(by.is_authenticated and by.is_active, "Sign in to sign up for events.")
    # Lock the event, so that two people cannot both take its last place.
    event = lock(event)
    before = before_sign_up(event, by, organisation, kind)
    if before.place:
        return before.place
    refuse_unless_open(event)
    # In told history people may have come for an organisation that they do not belong to.
    if not clock.is_entering_history():
        _refuse_unwritable(before.has_confirmed_address)
        refuse_stranger(by, organisation)
    if not before.kind_stands:
        raise Refused(GONE, field="kind")
    waits = others_wait(event) or not before.room.has_place_for(organisation, kind)
    place = event.sign_ups.create(
        person=by,
        organisation=organisation,
        kind=kind,
        status=SignUp.Status.WAITING if waits else SignUp.Status.CONFIRMED,
        pool=None if waits else before.room.pool_for(organisation, kind),
        position=event.next_position,
        signed_up_at=event.now,
        access_needs=access_needs,
        diet=diet,
        is_listed=is_listed,
    )
    keep_answers(event, by, answers)
    event.next_position += 1
    if place.status == SignUp.Status.CONFIRMED:
        count_in(event, place)
    keep_count(event)
    log_action(
        "events.signed_up", by=by, about=event, own=place, place=place.pk, status=place.status, position=place.position
    )
    queue_message(emails.confirmation, place, to=by)
    return place


def keep_answers(event: Event, person: User, answers: Mapping[str, Any] | None) -> None:
    """Keep the answers to the event's own questions; answers where it has none are refused."""
    if answers is None or (event.question_set is None and not answers):
        return
    if event.question_set is None:
        raise Refused("This event asks no questions of its own.")
    hand_in_answers(event.question_set, answers, person=person)


def others_wait(event: Event) -> bool:
    """Whether people wait on the day of the event: free places are then given out at the door."""
    return event.check_in_is_open and event.sign_ups.filter(status=SignUp.Status.WAITING).exists()


def refuse_unless_open(event: Event) -> None:
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.state == Event.State.DRAFT:
        raise Refused("This event is not open for sign-up yet.")
    if event.has_started:
        raise Refused("Sign-up closed when this event started.")
    if not event.takes_sign_ups:
        raise Refused("Sign-up for this event has closed.")


def _refuse_unwritable(has_confirmed_address: bool) -> None:
    if not has_confirmed_address:
        raise Refused("Confirm your e-mail address first, so that we can write to you about your place.")


def refuse_stranger(person: User, organisation: Organisation | None) -> None:
    if organisation is not None and organisation not in organisations_of(person):
        raise Refused(f"You are not a confirmed member of {organisation}.", field="organisation")


@transaction.atomic
def change_sign_up(place: SignUp, *, by: User, answers: Mapping[str, Any] | None = None, **changes: Any) -> SignUp:
    """Change what was said at sign-up: `organisation`, `kind`, `access_needs`, `diet`, `is_listed`, and the answers
    to the event's own questions."""
    require(can_change_sign_up(by, place), NOT_YOURS)
    event, place = lock_place(place)
    refuse_unless_living(event, place)
    if changes.get("organisation") not in (None, place.organisation):
        _refuse_unwritable(confirmed_addresses(place.person).exists())
        refuse_stranger(place.person, changes["organisation"])
    if changes.get("kind") not in (None, place.kind):
        refuse_other_kind(event, changes["kind"])
    organisation, kind = changes.get("organisation", place.organisation), changes.get("kind", place.kind)
    if (organisation, kind) != (place.organisation, place.kind):
        come_for(event, place, organisation, kind)
    for name in {*SignUp.HEALTH, "is_listed"} & changes.keys():
        setattr(place, name, changes[name])
    place.save()
    keep_answers(event, place.person, answers)
    log_action("events.changed_sign_up", by=by, about=event, own=place, place=place.pk)
    return place


def refuse_unless_living(event: Event, place: SignUp) -> None:
    if place.status == SignUp.Status.CANCELLED:
        raise Refused("This place was given back already.")
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.has_started:
        raise Refused("This event has started, so places can no longer be changed.")


def refuse_unless_free_to_go(event: Event, place: SignUp) -> None:
    """Refuse to give away a place that was given back or is checked in."""
    refuse_unless_living(event, place)
    if place.checked_in_at:
        raise Refused("Whoever holds this place is checked in. The desk can undo that.")


@transaction.atomic
def cancel_sign_up(place: SignUp, *, by: User) -> SignUp:
    """Give the place back, or leave the queue. Whoever waits next gets the place in the same moment.

    Cancelling twice changes nothing.
    """
    require(can_change_sign_up(by, place), NOT_YOURS)
    # Lock the event, so that two people who cancel at once do not promote the same person.
    event, place = lock_place(place)
    if place.status == SignUp.Status.CANCELLED:
        return place
    refuse_unless_free_to_go(event, place)
    was = place.status
    declined = was == SignUp.Status.OFFERED
    promoted = give_up(event, place, because=SignUp.Ended.DECLINED if declined else SignUp.Ended.GAVE_BACK)
    log_action(
        "events.cancelled_sign_up",
        by=by,
        about=event,
        own=place,
        place=place.pk,
        promoted=[other.pk for other in promoted],
    )
    if was == SignUp.Status.CONFIRMED:
        queue_message(emails.cancellation, place, to=place.person)
    elif was == SignUp.Status.WAITING:
        queue_message(emails.left_queue, place, to=place.person)
    return place


@transaction.atomic
def bring_back(place: SignUp, *, by: User) -> SignUp:
    """Sign up again somebody who has given `place` back, as they came then: a new place if there is one, else the end
    of the queue. What they need and answered was deleted, so it is asked anew.

    Where they are signed up already nothing changes.
    """
    require(by.is_authenticated and place.person_id == by.pk, "Only whoever gave this place back signs up again.")
    organisation = place.organisation if place.organisation in organisations_of(by) else None
    return sign_up(place.event, by=by, organisation=organisation, kind=place.kind, is_listed=place.is_listed)
