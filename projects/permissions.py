"""What every subject of the four steps asks about people. Everything in them may be read by everyone."""

from typing import Any

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import FACILITATING
from core.permissions import EVERYONE


def can_facilitate(user: AnyUser) -> bool:
    """Facilitators and the secretariat lead discoveries, their days and what comes out of them."""
    return acts_as(user, *FACILITATING)


def reader_groups(record: Any) -> list[str]:
    """Who may find a need, a discovery, a prototype or a project, as search stores it."""
    return [EVERYONE]
