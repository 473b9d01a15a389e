"""The event's row as the lock, and who gets its free places. Callers are inside a transaction."""

from core import clock
from core.jobs import queue_message
from events.event.models import Event
from events.places import tasks
from events.places.models import SignUp
from events.places.queries import check_in_has_begun


def lock(event: Event) -> Event:
    """The event read afresh, with its row locked: nobody else can take or free a place until we commit."""
    return Event.objects.select_for_update().get(pk=event.pk)


def lock_place(place: SignUp) -> tuple[Event, SignUp]:
    """The place read afresh under its event's lock."""
    event = lock(place.event)
    place = event.sign_ups.select_related("person").get(pk=place.pk)
    place.event = event
    return event, place


def keep_count(event: Event) -> None:
    """Write the counters, and nothing else: what others read of the event has not changed, so nobody is told."""
    counters = {name: getattr(event, name) for name in ("places_taken", "next_position", "arrived")}
    Event.objects.filter(pk=event.pk).update(**counters)


def give_up(event: Event, place: SignUp) -> list[SignUp]:
    """Take `place` out of the locked `event`, and give what comes free away. Returns who moved up."""
    had_a_place = place.status == SignUp.Status.CONFIRMED
    place.status = SignUp.Status.CANCELLED
    place.cancelled_at = clock.now()
    place.access_needs = ""
    place.save(update_fields=["status", "cancelled_at", "access_needs"])
    if not had_a_place:
        return []
    event.places_taken -= 1
    promoted = fill(event)
    keep_count(event)
    return promoted


def fill(event: Event) -> list[SignUp]:
    """Give the free places of the locked `event` away. Returns who moved up from the waiting list.

    Once check-in has begun they go to those in the room over the capacity, and what is left stays free for the door:
    who waits at home would hear of it too late.
    """
    free = event.capacity - event.places_taken
    if event.state != Event.State.PUBLISHED or free <= 0:
        return []
    if check_in_has_begun(event):
        _seat_those_over(event, free)
        return []
    return _promote(event, free)


def _seat_those_over(event: Event, free: int) -> None:
    over = event.sign_ups.filter(is_over_capacity=True).order_by("checked_in_at", "position")[:free]
    event.places_taken += SignUp.objects.filter(pk__in=[place.pk for place in over]).update(is_over_capacity=False)


def _promote(event: Event, free: int) -> list[SignUp]:
    """The next in line, in the order they came. Each is written to."""
    waiting = event.sign_ups.filter(status=SignUp.Status.WAITING).order_by("position")
    promoted = list(waiting[:free])
    for place in promoted:
        place.status = SignUp.Status.CONFIRMED
        place.promoted_at = clock.now()
        place.save(update_fields=["status", "promoted_at"])
        queue_message(tasks.email_promotion, place.pk)
    event.places_taken += len(promoted)
    return promoted
