"""Permissions of the board's pages, which everybody may read and the secretariat changes."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import Role
from core.permissions import EVERYONE
from steering.models import Decision, Meeting, Motion
from voting.permissions import roll_entry_of


def visible_meetings(user: AnyUser) -> QuerySet[Meeting]:
    """All of them, for everybody."""
    return Meeting.objects.all()


def visible_decisions(user: AnyUser) -> QuerySet[Decision]:
    """All of them, for everybody."""
    return Decision.objects.all()


def visible_motions(user: AnyUser) -> QuerySet[Motion]:
    """All of them, for everybody: what the board is asked is public, as what it decides."""
    return Motion.objects.all()


def reader_groups(record: Meeting | Decision) -> list[str]:
    """The readers of meetings and decisions as search stores them."""
    return [EVERYONE]


def can_minute(user: AnyUser) -> bool:
    """The secretariat keeps the roster, the meetings and the decisions."""
    return acts_as(user, Role.SECRETARIAT)


def sits_on_board(user: AnyUser) -> bool:
    """A member of the board, who reads what it is to decide."""
    return has_role(user, Role.BOARD)


def can_see_who_is_missing(user: AnyUser, motion: Motion) -> bool:
    """The board, its secretariat and those who vote in it see which bodies have voted before the result is shown."""
    return can_minute(user) or sits_on_board(user) or roll_entry_of(user, motion.ballot) is not None
