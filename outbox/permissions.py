"""Who looks after messages that did not arrive."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role


def can_send_again(user: AnyUser) -> bool:
    """The secretariat, which sees of a message to whom it went and what it is about, never its words."""
    return acts_as(user, Role.SECRETARIAT)
