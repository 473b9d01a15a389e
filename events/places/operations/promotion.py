"""The waiting list's offers: accepted, declined, or run out."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from events.event.models import Event
from events.places import emails
from events.places.models import QueueLine, SignUp
from events.places.operations.queue import give_up, lock, lock_place, note
from events.places.operations.sign_ups import NOT_YOURS
from events.places.permissions import can_change_sign_up
from outbox.operations import queue_message

OFFER_IS_OVER = "The offer has run out, and you have left the waiting list. You can sign up again."
NO_OFFER = "No place is offered to you here at the moment."


@transaction.atomic
def accept_promotion(place: SignUp, *, by: User) -> SignUp:
    """Take the place that the waiting list offers. Accepting twice changes nothing."""
    require(can_change_sign_up(by, place), NOT_YOURS)
    event, place = lock_place(place)
    if place.status == SignUp.Status.CONFIRMED:
        return place
    _refuse_unless_offered(event, place)
    place.status, place.lapses_at = SignUp.Status.CONFIRMED, None
    place.save(update_fields=["status", "lapses_at"])
    note(event, place, QueueLine.What.ACCEPTED)
    log_action("events.accepted_promotion", by=by, about=event, own=place, place=place.pk)
    queue_message(emails.confirmation, place, to=place.person)
    return place


@transaction.atomic
def decline_promotion(place: SignUp, *, by: User) -> SignUp:
    """Turn down the place that the waiting list offers, and leave the list. Whoever is next gets it at once.

    Declining twice changes nothing.
    """
    require(can_change_sign_up(by, place), NOT_YOURS)
    event, place = lock_place(place)
    if place.ended_because == SignUp.Ended.DECLINED:
        return place
    _refuse_unless_offered(event, place)
    promoted = give_up(event, place, because=SignUp.Ended.DECLINED)
    log_action(
        "events.declined_promotion",
        by=by,
        about=event,
        own=place,
        place=place.pk,
        promoted=[other.pk for other in promoted],
    )
    return place


def _refuse_unless_offered(event: Event, place: SignUp) -> None:
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if place.ended_because == SignUp.Ended.LAPSED:
        raise Refused(OFFER_IS_OVER)
    if place.status != SignUp.Status.OFFERED:
        raise Refused(NO_OFFER)


def settle_events() -> int:
    """Settle the events at which time has freed a place or let somebody on, and return how many there were.

    Each in a transaction of its own: a worker that is killed loses and repeats none.
    """
    due = Event.objects.filter(settles_at__lte=clock.in_database()).order_by("pk")
    return do_each(_settle, due)


@transaction.atomic
def _settle(event: Event) -> int:
    lock(event)  # which settles it
    return 1
