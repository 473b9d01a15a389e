"""The kinds of message of events, where the outbox looks for them."""

from events.places import emails as places

__all__ = ["places"]
