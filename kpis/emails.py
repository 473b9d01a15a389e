"""The kinds of message of services in numbers, where the outbox looks for them."""

from kpis.indicators import emails as indicators

__all__ = ["indicators"]
