"""What apps further up do as an account is closed, before it is locked and emptied."""

from core.guards import Guards

BEFORE_CLOSING = Guards()  # called with the person
