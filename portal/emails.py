"""The kinds of message of the portal, where the outbox looks for them."""

from portal.follows import emails as follows
from portal.status import emails as status

__all__ = ["follows", "status"]
