"""Permissions of the board's pages, which everybody may read and the secretariat changes."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import Role
from core.permissions import EVERYONE
from councils.models import Organisation
from councils.permissions import can_lead, councils_of
from steering.models import Decision, FlagAssessment, LocalImpact, Meeting, Motion
from steering.strategy_models import FlagAssessmentQuerySet, LocalImpactQuerySet
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


def visible_assessments(user: AnyUser) -> FlagAssessmentQuerySet:
    """All of them, for everybody: what councils say of themselves is public."""
    return FlagAssessment.objects.all()


def visible_impacts(user: AnyUser) -> LocalImpactQuerySet:
    """All of them, for everybody, those that were replaced too."""
    return LocalImpact.objects.all()


def can_assess(user: AnyUser, council: Organisation) -> bool:
    """Whether someone may assess a council by Planting the Flag: its lead, with a second factor."""
    return council.is_council and can_lead(user, council)


def leads_a_council(user: AnyUser) -> bool:
    """Leads of any council, with a second factor."""
    return any(can_lead(user, council) for council in councils_of(user))


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
