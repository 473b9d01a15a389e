"""The kinds of message of search, where the outbox looks for them."""

from search.saved import emails as saved

__all__ = ["saved"]
