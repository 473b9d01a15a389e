"""Who may enter how far the campaign reaches."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role

NOT_YOURS = "Alliance editors and the secretariat enter how far the campaign reaches."


def can_enter_reach(user: AnyUser) -> bool:
    """Alliance editors and the secretariat, who write its news too."""
    return acts_as(user, Role.EDITOR, Role.SECRETARIAT)
