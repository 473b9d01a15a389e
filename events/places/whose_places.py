"""The table of whose places an event has: each pool, the others, and all, with what is taken and left."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe

from core.words import counted, moment_in_words
from design_system import lines, svg
from events.event.models import Event
from events.event.pools import Pool
from events.places.models import SignUp
from events.places.queries import waiting_count
from events.places.room import Room, has_cap

COLUMNS = ["Whose places", "Share taken", ("Taken", "numeric"), "Now"]
ANYBODY, ALL = "Anybody", "All places"


def whose_places(room: Room) -> dict[str, Any]:
    """The table as context, with the sentence below it; empty where the event has neither pools nor a cap."""
    event = room.event
    if not room.pools and not has_cap(event):
        return {}
    return {"whose_places": all_places(room), "whose_columns": COLUMNS, "whose_note": _note(event)}


def all_places(room: Room) -> list[list[Any]]:
    """The rows of the table: each pool that still keeps its places, those for anybody, all of them."""
    event = room.event
    kept, used = sum(pool.places for pool in room.pools), sum(pool.taken for pool in room.pools)
    rows = [_row(_name(pool), pool.taken, pool.places, min(pool.left, room.free)) for pool in room.pools]
    if others := event.capacity - kept:
        rows.append(_row(ANYBODY, event.places_taken - used, others, room.general))
    waiting = waiting_count(event)
    now = f"{room.free:,} left" if room.free else "Full"
    rows.append(
        [
            ALL,
            share_bar(event.places_taken, event.capacity),
            f"{event.places_taken:,} of {event.capacity:,}",
            f"{now}, {waiting:,} waiting" if waiting else now,
        ]
    )
    return rows


def _name(pool: Pool) -> Any:
    """Whom a pool is for, with the moment until which it keeps its places below."""
    name = str(pool)[:1].upper() + str(pool)[1:]
    if pool.releases_at is None:
        return name
    return lines.noted(name, f"kept until {moment_in_words(pool.releases_at)}")


def _row(name: Any, taken: int, places: int, left: int) -> list[Any]:
    return [name, share_bar(taken, places), f"{taken:,} of {places:,}", f"{left:,} left" if left else "Full"]


def share_bar(taken: int, places: int) -> SafeString:
    """A bar that is filled as far as places are taken; the number beside it says the same."""
    share = min(100 * taken / places, 100) if places else 100
    inside = svg.rect(0, 0, share, 12, "lda-chart__fill")
    # The share is a number and the rectangle escapes its words.
    return mark_safe(f'<svg class="lda-share" aria-hidden="true" focusable="false">{inside}</svg>')  # noqa: S308 - as said


def _note(event: Event) -> str:
    """What the numbers count, as at when, and the cap of a council."""
    people = counted(event.places_taken, "place")
    sentence = f"Places promised, not people in the room: {people}, as at {moment_in_words(event.now)}."
    if has_cap(event) and event.council_cap_until:
        until = moment_in_words(event.council_cap_until)
        sentence += f" At most {event.council_cap:,} from one council until {until}; then what is left goes to those "
        sentence += "waiting, in order."
    return sentence


def queue_of(event: Event, *, most: int) -> list[SignUp]:
    """The first of the queue of an event, in order, and those who have an offer."""
    statuses = [SignUp.Status.WAITING, SignUp.Status.OFFERED]
    found = event.sign_ups.filter(status__in=statuses).select_related("person", "organisation", "kind", "pool")
    return list(found.order_by("position")[:most])
