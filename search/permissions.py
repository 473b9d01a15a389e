"""Who may change the words of the search and what it shows first."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import KEEPING_THE_REGISTRY


def can_edit_search(user: AnyUser) -> bool:
    """The Alliance editors and the secretariat, who also keep the registry."""
    return acts_as(user, *KEEPING_THE_REGISTRY)
