"""The kinds of message of events, where the outbox looks for them."""

from events.organisers import emails as organisers
from events.places import emails as places
from events.running import emails as running

__all__ = ["organisers", "places", "running"]
