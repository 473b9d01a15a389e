"""The kinds of message of votes, where the outbox looks for them."""

from voting.outcome import emails as outcome
from voting.record import emails as record

__all__ = ["outcome", "record"]
