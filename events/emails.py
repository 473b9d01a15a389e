"""The kinds of message of events, where the outbox looks for them."""

from events.inviting import emails as inviting
from events.places import emails as places

__all__ = ["inviting", "places"]
