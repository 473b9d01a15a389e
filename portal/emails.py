"""The kinds of message of the portal, where the outbox looks for them."""

from portal.follows import emails as follows

__all__ = ["follows"]
