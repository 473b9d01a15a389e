"""Who may read and add fact cards."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role

BECAUSE = "Alliance editors and the secretariat add fact cards, signed in with a second factor."


def can_add_facts(user: AnyUser) -> bool:
    """Alliance editors and the secretariat."""
    return acts_as(user, Role.EDITOR, Role.SECRETARIAT)
