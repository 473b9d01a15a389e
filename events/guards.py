"""Guards that upper apps add to cancelling an event and undoing a check-in; they run under the event's lock."""

from dataclasses import dataclass

from core.guards import Guards
from events.event.models import Event


@dataclass(frozen=True)
class Hanging:
    """Something that hangs on an event, as a sentence; `stops` where the event cannot be cancelled for it."""

    words: str
    url: str = ""
    stops: bool = False


CANCEL_EVENT = Guards()  # called with the event, by=…
UNDO_CHECK_IN = Guards()  # called with the place, by=…, off_the_roll=…
ONCE_CHECKED_IN = Guards()  # called with the place; what the desk has to know of its holder, as a sentence, or empty
BEFORE_UNDOING = Guards()  # called with the place; what is to be asked first, as a sentence, or empty
HANGS_ON_EVENT = Guards()  # called with the event, for a page; each returns a list of `Hanging`


def what_hangs_on(event: Event) -> list[Hanging]:
    """What upper apps say hangs on an event, those first for which it cannot be cancelled."""
    found = [each for several in HANGS_ON_EVENT.ask(event) for each in several]
    return sorted(found, key=lambda each: not each.stops)
