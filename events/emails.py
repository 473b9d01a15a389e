"""The kinds of message of events, where the outbox looks for them."""

from events.organisers import emails as organisers
from events.places import emails as places

__all__ = ["organisers", "places"]
