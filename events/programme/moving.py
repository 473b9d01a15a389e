"""Moving an event that people have signed up for: when it is refused, whether it is asked why, what moves with it."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from core.errors import Refused
from core.words import counted, moment_in_words
from events.event.deadlines import as_long_before
from events.event.models import Event
from events.places.operations.with_the_start import offers_cut_short, still_to_release
from events.places.queries import checked_in

# A change of one of these is written to everybody signed up, who have it in their calendar.
TOLD = frozenset({"starts_at", "ends_at", "venue", "address", "join_url"})
# Of these it is said why, and none changes once people are there.
ANOTHER_TIME = frozenset({"starts_at", "ends_at"})
ANOTHER_PLACE = frozenset({"venue", "address"})
WHY = "Say why it moves: whoever is signed up reads it."
MOVES_WITH_IT = "What stands below moves with the start of the event. Read it, then save."


def refuse_wrong_move(event: Event, changed: AbstractSet[str], *, had_ended: bool, reason: str) -> None:
    """Refuse to move a day at which people are checked in, or for which people are signed up without saying why.

    Only of a day that has ended may the place still be put right. `event` is locked and has its new time.
    """
    moved = changed & (ANOTHER_TIME if had_ended else ANOTHER_TIME | ANOTHER_PLACE)
    if not moved:
        return
    field = next(iter(sorted(moved)))
    if there := checked_in(event).count():
        _refuse_while_on(event, moved, there, field, had_ended=had_ended)
    elif has_somebody_to_tell(event, had_ended=had_ended) and not reason:
        raise Refused(WHY, field="reason")


def asks_why(event: Event, typed: Mapping[str, Any]) -> bool:
    """Whether what was typed moves the event and is therefore asked for a reason, as far as it was understood."""
    moved = any(name in typed and typed[name] != getattr(event, name) for name in ANOTHER_TIME | ANOTHER_PLACE)
    return moved and has_somebody_to_tell(event, had_ended=event.has_ended) and not checked_in(event).exists()


def has_somebody_to_tell(event: Event, *, had_ended: bool) -> bool:
    """Whether there is anybody to tell of a move: the event is to come, and people are signed up."""
    return event.state == Event.State.PUBLISHED and not had_ended and event.sign_ups.living().exists()


def _refuse_while_on(event: Event, moved: AbstractSet[str], there: int, field: str, *, had_ended: bool) -> None:
    """Refuse, unless only the end of a day that is still on changes, as where it runs late."""
    if moved == {"ends_at"} and not had_ended:
        return
    who = counted(there, "person is", "people are") if not had_ended else counted(there, "person was", "people were")
    raise Refused(f"{who} checked in, so this event cannot be moved any more.", field=field)


@dataclass(frozen=True)
class Moving:
    """Something that moves with the start of an event: what it is, when it was, and when it will be."""

    name: str
    was: str
    becomes: str


def what_moves(event: Event, new_start: dt.datetime, *, without: AbstractSet[str]) -> list[Moving]:
    """What moves with the start of `event`, which has not moved yet, to `new_start`; not the fields `without`."""
    return [
        Moving(name, moment_in_words(was), moment_in_words(becomes) if becomes > event.now else now)
        for name, was, becomes, now in _moments(event, new_start, without)
        if was != becomes
    ]


def mark_of(moving: Iterable[Moving]) -> str:
    """A mark by which it is known that somebody has read of these and no others; empty for none."""
    words = "\n".join(f"{one.name}: {one.was}, {one.becomes}" for one in moving)
    return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def _moments(
    event: Event, new_start: dt.datetime, without: AbstractSet[str]
) -> Iterator[tuple[str, dt.datetime, dt.datetime, str]]:
    """The name of each, its moment and its new one, and what is said where that is past."""

    def moved(moment: dt.datetime) -> dt.datetime:
        return as_long_before(moment, start=event.starts_at, new_start=new_start) or moment

    if (closes := event.sign_up_closes_at) and "sign_up_closes_at" not in without:
        yield "Sign-up closes", closes, moved(closes), "At once"
    for pool in still_to_release(event):
        if until := pool.releases_at:
            yield f"Places kept for {pool}, until", until, moved(until), "At once they are for anybody"
    if (cap := event.council_cap_until) and cap > event.now:
        yield "Most places of one council, until", cap, moved(cap), "At once there is no limit"
    offered, latest = offers_cut_short(event, new_start)
    for lapses_at, number in offered.order_by("lapses_at").values_list("lapses_at").annotate(Count("pk")):
        who = counted(number, "person answers", "people answer")
        yield f"{who} the offer of a place by", lapses_at, latest or event.now, "The place is theirs at once"
