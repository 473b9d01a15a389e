"""Permissions of the board's pages, which everybody may read and the secretariat changes."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import Role
from core.permissions import EVERYONE
from steering.models import Decision, Meeting


def visible_meetings(user: AnyUser) -> QuerySet[Meeting]:
    """All of them, for everybody."""
    return Meeting.objects.all()


def visible_decisions(user: AnyUser) -> QuerySet[Decision]:
    """All of them, for everybody."""
    return Decision.objects.all()


def reader_groups(record: Meeting | Decision) -> list[str]:
    """The readers of meetings and decisions as search stores them."""
    return [EVERYONE]


def can_minute(user: AnyUser) -> bool:
    """The secretariat keeps the roster, the meetings and the decisions."""
    return acts_as(user, Role.SECRETARIAT)


def sits_on_board(user: AnyUser) -> bool:
    """A member of the board, who reads what it is to decide."""
    return has_role(user, Role.BOARD)
