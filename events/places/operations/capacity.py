"""Another number of places: more go to those who wait, fewer leave a choice about those who are in."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import counted
from events.event.deadlines import refuse_wrong_deadline
from events.event.models import Event
from events.permissions import can_run_event
from events.places import emails
from events.places.models import QueueLine, SignUp
from events.places.operations.queue import fill, give_out, keep_count, lock, move_to_pool, note
from outbox.operations import queue_message

KEEP, MOVE_BACK = "keep", "move_back"
NOT_YOURS = "Only those who run the event share out its places."
SEVERAL = "{} taken already. Enter {} or more, or say what becomes of those over."

MEANWHILE = "Others have taken or given back a place meanwhile: {} over the new number now. Choose again."


def resize(event: Event, capacity: int, *, those_over: str = "", read: int | None = None) -> None:
    """Give the locked `event` another capacity; where more places are taken, `those_over` are kept or moved back.

    Not moved back where whoever decides has `read` of another number than there is.

    Kept, they stay, and nobody new gets a place until fewer are taken. Moved back, the last by their order wait again.
    """
    if capacity < 1:
        raise Refused("An event has at least one place.", field="capacity")
    kept = sum(pool.places for pool in event.pools.live_at(event.now))
    if capacity < kept:
        raise Refused(f"Its pools keep {counted(kept, 'place')}. Make them smaller first.", field="capacity")
    over = max(event.places_taken - capacity, 0)
    if over and those_over not in (KEEP, MOVE_BACK):
        taken = counted(event.places_taken, "place is", "places are")
        raise Refused(SEVERAL.format(taken, f"{event.places_taken:,}"), field="capacity")
    if over and those_over == MOVE_BACK and read not in {None, over}:
        raise Refused(MEANWHILE.format(counted(over, "person is", "people are")), field="those_over")
    if over and those_over == MOVE_BACK:
        _move_back(event, over)
    event.capacity, event.kept_over = capacity, max(event.places_taken - capacity, 0)
    # Save the capacity before the places: a constraint forbids more places taken than there are.
    event.save(update_fields=["capacity", "kept_over", "places_taken"])
    fill(event)
    keep_count(event)


def _move_back(event: Event, number: int) -> None:
    """Put the last `number` of those with a place back on the waiting list, each where they signed up."""
    moveable = event.sign_ups.filter(status__in=[SignUp.Status.CONFIRMED, SignUp.Status.OFFERED], checked_in_at=None)
    last = list(moveable.select_related("person", "pool").order_by("-position")[:number])
    if len(last) < number:
        raise Refused("Too many are here already to move them to the waiting list. Keep them all.", field="capacity")
    for place in last:
        move_to_pool(place, None)
        had_it = place.status == SignUp.Status.CONFIRMED
        place.status, place.lapses_at, place.promoted_at = SignUp.Status.WAITING, None, None
        place.save(update_fields=["status", "lapses_at", "promoted_at", "pool"])
        event.places_taken -= 1
        note(event, place, QueueLine.What.MOVED_BACK, because="The event has fewer places now.")
        queue_message(emails.moved_back, place, to=place.person, had_it=had_it)


@transaction.atomic
def share_out(
    event: Event,
    *,
    by: User,
    offer_hours: int,
    council_cap: int | None = None,
    council_cap_until: dt.datetime | None = None,
) -> Event:
    """Set how long an offer lasts, and how many places one council may have until when; who may now, moves up."""
    require(can_run_event(by, event), NOT_YOURS)
    event = lock(event)
    refuse_if_over(event)
    if (council_cap is None) != (council_cap_until is None):
        missing = "council_cap" if council_cap is None else "council_cap_until"
        raise Refused("Enter both how many and until when, or leave both empty.", field=missing)
    if council_cap_until != event.council_cap_until:
        too_late = "The cap ends when the event starts, or before."
        refuse_wrong_deadline(event, council_cap_until, field="council_cap_until", too_late=too_late)
    event.offer_hours, event.council_cap, event.council_cap_until = offer_hours, council_cap, council_cap_until
    event.save(update_fields=["offer_hours", "council_cap", "council_cap_until"])
    give_out(event)
    log_action("events.shared_out", by=by, about=event, offer_hours=offer_hours, council_cap=council_cap)
    return event


def refuse_if_over(event: Event) -> None:
    """Refuse to share out the places of an event that has begun or is cancelled."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.has_started:
        raise Refused("This event has started: its places are given at the door.")
