"""Moving an event that people have signed up for: when it is refused, and when a reason is asked for."""

from collections.abc import Set as AbstractSet

from core.errors import Refused
from core.words import counted
from events.event.models import Event
from events.places.queries import checked_in

# A change of one of these is written to everybody signed up, who have it in their calendar.
TOLD = frozenset({"starts_at", "ends_at", "venue", "address", "join_url"})
# Of these it is said why, and none changes once people are there.
ANOTHER_TIME = frozenset({"starts_at", "ends_at"})
ANOTHER_PLACE = frozenset({"venue", "address"})


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
        raise Refused("Say why it moves: whoever is signed up reads it.", field="reason")


def has_somebody_to_tell(event: Event, *, had_ended: bool) -> bool:
    """Whether there is anybody to tell of a move: the event is to come, and people are signed up."""
    return event.state == Event.State.PUBLISHED and not had_ended and event.sign_ups.living().exists()


def _refuse_while_on(event: Event, moved: AbstractSet[str], there: int, field: str, *, had_ended: bool) -> None:
    """Refuse, unless only the end of a day that is still on changes, as where it runs late."""
    if moved == {"ends_at"} and not had_ended:
        return
    who = counted(there, "person is", "people are") if not had_ended else counted(there, "person was", "people were")
    raise Refused(f"{who} checked in, so this event cannot be moved any more.", field=field)
