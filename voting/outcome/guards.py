"""What else happens as a ballot closes, in the same transaction."""

from core.guards import Guards

# function(ballot, by=user or None), once the result is stored: keeping the code of its record.
ONCE_CLOSED = Guards()
