"""The kinds of message of events, where the outbox looks for them."""

from events.feedback import emails as feedback
from events.places import emails as places

__all__ = ["feedback", "places"]
