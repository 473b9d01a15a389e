"""Who sees the queue."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role


def can_see_queue(user: AnyUser) -> bool:
    """Alliance editors and the secretariat, each with what concerns them."""
    return acts_as(user, Role.EDITOR, Role.SECRETARIAT)
