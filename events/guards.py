"""Guards that upper apps add to cancelling an event and undoing a check-in; they run under the event's lock."""

from core.guards import Guards

CANCEL_EVENT = Guards()  # called with the event, by=…
UNDO_CHECK_IN = Guards()  # called with the place, by=…, off_the_roll=…
BEFORE_UNDOING = Guards()  # called with the place; what is to be asked first, as a sentence, or empty
