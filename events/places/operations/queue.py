"""Locking an event and giving out its free places. Callers are inside a transaction."""

from core import clock
from events.event.models import Event
from events.places import emails
from events.places.models import SignUp
from events.places.operations.door import seat_the_door
from events.places.queries import check_in_has_begun
from outbox.operations import queue_message
from questions.operations import drop_answers


def lock(event: Event) -> Event:
    """Lock the event's row and return the event as read after that; places change only under this lock."""
    return Event.objects.select_for_update().get(pk=event.pk)


def lock_place(place: SignUp) -> tuple[Event, SignUp]:
    """Lock the event of a place and return event and place as read after that."""
    event = lock(place.event)
    place = event.sign_ups.select_related("person").get(pk=place.pk)
    place.event = event
    return event, place


def keep_count(event: Event) -> None:
    """Write the counters alone and without signals: no other app needs to hear of them."""
    counters = {name: getattr(event, name) for name in ("places_taken", "next_position", "arrived")}
    Event.objects.filter(pk=event.pk).update(**counters)


def give_up(event: Event, place: SignUp) -> list[SignUp]:
    """Cancel `place` at the locked `event`, fill what comes free and return the places that moved up."""
    had_a_place = place.status == SignUp.Status.CONFIRMED
    place.status = SignUp.Status.CANCELLED
    place.cancelled_at = clock.now()
    forget_what_was_said(place)
    place.save(update_fields=["status", "cancelled_at", *SignUp.HEALTH])
    if not had_a_place:
        return []
    event.places_taken -= 1
    promoted = fill(event)
    keep_count(event)
    return promoted


def forget_what_was_said(place: SignUp) -> None:
    """Empty what its holder needs, for the caller to save, and drop their answers to the event's own questions."""
    for name in SignUp.HEALTH:
        setattr(place, name, "")
    if place.event.question_set_id:
        drop_answers(place.event.question_set_id, place.person_id)


def fill(event: Event) -> list[SignUp]:
    """Give out the free places of the locked `event` and return those that moved up from the waiting list.

    Once check-in has begun they go to those in the room over the capacity, and the rest stays free for the door:
    people who wait at home would hear of it too late.
    """
    free = event.capacity - event.places_taken
    if event.state != Event.State.PUBLISHED or free <= 0:
        return []
    if check_in_has_begun(event):
        seat_the_door(event)
        return []
    return _promote(event, free)


def _promote(event: Event, free: int) -> list[SignUp]:
    """Confirm the next places of the queue by position, and write to each."""
    waiting = event.sign_ups.filter(status=SignUp.Status.WAITING).order_by("position").select_related("person")
    promoted = list(waiting[:free])
    for place in promoted:
        place.status = SignUp.Status.CONFIRMED
        place.promoted_at = clock.now()
        place.save(update_fields=["status", "promoted_at"])
        queue_message(emails.promotion, place, to=place.person)
    event.places_taken += len(promoted)
    return promoted
