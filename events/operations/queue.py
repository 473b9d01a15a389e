"""The event's row as the lock, and the order of its waiting list. Callers are inside a transaction."""

from core import clock
from core.jobs import tell
from events import tasks
from events.models import Event, SignUp


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
    Event.objects.filter(pk=event.pk).update(places_taken=event.places_taken, next_position=event.next_position)


def promote(event: Event) -> list[SignUp]:
    """Give free places to those who wait, in the order they came, and write to each. `event` is locked."""
    free = event.capacity - event.places_taken
    if event.state != Event.State.PUBLISHED or event.has_started or free <= 0:
        return []
    waiting = event.sign_ups.filter(status=SignUp.Status.WAITING).order_by("position")
    promoted = list(waiting[:free])
    for place in promoted:
        place.status = SignUp.Status.CONFIRMED
        place.promoted_at = clock.now()
        place.save(update_fields=["status", "promoted_at"])
        tell(tasks.email_promotion, place.pk)
    event.places_taken += len(promoted)
    return promoted
