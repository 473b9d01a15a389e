"""Places of people who have not come: released for those in the room, and brought back."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from events.desk.operations.marks import NOT_STAFF, places_of_their_own, refuse_while_shut
from events.desk.queries import released_places
from events.event.models import Event
from events.permissions import can_run_event
from events.places import emails
from events.places.models import SignUp
from events.places.operations import count_pool, keep_count, lock, lock_place, seat_the_door
from events.places.queries import check_in_has_begun, no_shows
from outbox.operations import queue_message

CHANGED = ("status", "ended_because", "released_at", "cancelled_at")
OVER = "This event is over, so its places stay as they were."


@transaction.atomic
def release(place: SignUp, *, by: User) -> SignUp:
    """Take back the place of someone who has not come, once the event has started. Releasing twice changes nothing.

    It goes to whoever is in the room over the capacity, else it stays free for the door.
    """
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    if place.status == SignUp.Status.CANCELLED:
        return place
    _refuse_to_release(event)
    if place.status == SignUp.Status.WAITING:
        raise Refused(f"{place.person} is on the waiting list and has no place to release.")
    if place.checked_in_at:
        raise Refused(f"{place.person} is checked in, so the place is in use.")
    _release(event, [place], by=by)
    return place


@transaction.atomic
def release_no_shows(event: Event, *, by: User) -> int:
    """Release every place whose holder has not come, and return how many. They can be brought back until the end."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    _refuse_to_release(event)
    places = list(no_shows(event).select_related("person", "pool"))
    if places:
        _release(event, places, by=by)
    return len(places)


def _release(event: Event, places: list[SignUp], *, by: User) -> None:
    """What was said at sign-up stays, as the place may be brought back; it is erased with all others'."""
    for place in places:
        event.places_taken -= 1
        count_pool(place, -1)
        place.status, place.ended_because = SignUp.Status.CANCELLED, SignUp.Ended.RELEASED
        place.released_at = place.cancelled_at = event.now
        place.pool = place.lapses_at = None
    SignUp.objects.bulk_update(places, [*CHANGED, "pool", "lapses_at"])
    seat_the_door(event)
    keep_count(event)
    for place in places:
        log_action("events.released", by=by, about=event, place=place.pk)
        queue_message(emails.release, place, to=place.person)


def _refuse_to_release(event: Event) -> None:
    refuse_while_shut(event)
    if event.has_ended:
        raise Refused(OVER)
    if not check_in_has_begun(event):
        raise Refused("Places can be released once check-in has begun.")


@transaction.atomic
def bring_back_released(event: Event, *, by: User) -> int:
    """Undo the releases of an event: its holders have their places again. Returns how many.

    Whoever had got one of them at the door waits for a free one again. Nobody gets back what has been promised since.
    Those over the capacity who kept their places when it was lowered have them again.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    if event.has_ended:
        raise Refused(OVER)
    free = event.capacity + event.kept_over - places_of_their_own(event)
    places = released_places(event)[: max(free, 0)]
    for place in places:
        event.places_taken += place.status == SignUp.Status.CANCELLED or place.is_over_capacity
        place.status, place.released_at, place.cancelled_at = SignUp.Status.CONFIRMED, None, None
        place.is_let_in, place.is_over_capacity, place.ended_because = False, False, ""
    SignUp.objects.bulk_update(places, [*CHANGED, "is_let_in", "is_over_capacity"])
    seat_the_door(event)
    keep_count(event)
    if places:
        log_action("events.brought_back", by=by, about=event, n=len(places))
    return len(places)
