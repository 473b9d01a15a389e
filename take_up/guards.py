"""What apps further up do once it changed whether a promise waits for an explanation; within the same transaction."""

from core.guards import Guards

ONCE_ANSWERED = Guards()  # called with the promise: it was explained, or what was measured of it was checked
