"""Permissions of the board's pages, which everybody may read and the secretariat changes; and of its papers."""

from django.db.models import QuerySet

from accounts.models import AnyUser, User
from accounts.permissions import acts_as, has_role
from accounts.rights import remembered
from accounts.roles import Role
from core.permissions import EVERYONE
from councils.models import Membership, Organisation
from councils.permissions import can_lead, councils_of, organisations_of
from steering.models import BoardAction, BoardSeat, Decision, FlagAssessment, LocalImpact, Meeting, Motion, Paper
from steering.models.strategy import FlagAssessmentQuerySet, LocalImpactQuerySet
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


def visible_actions(user: AnyUser) -> QuerySet[BoardAction]:
    """All of them, for everybody: what the board gave to a body is public, as what it decides."""
    return BoardAction.objects.all()


def visible_papers(user: AnyUser) -> QuerySet[Paper]:
    """The papers whose content somebody may read. Title and reason of the others stand on their meeting's page."""
    return Paper.objects.all() if reads_restricted_papers(user) else Paper.objects.filter(is_restricted=False)


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


def seat_of(user: AnyUser) -> BoardSeat | None:
    """The seat of the body that somebody represents on the board today."""
    return remembered(user, _seat_today) if user.is_authenticated and user.is_active else None


def _seat_today(user: User) -> BoardSeat | None:
    return BoardSeat.objects.as_at().filter(representative=user).select_related("body").first()


def reads_restricted_papers(user: AnyUser) -> bool:
    """The board's members and its secretariat with a second factor, and those who represent a body; asked each time."""
    return acts_as(user, Role.BOARD, Role.SECRETARIAT) or seat_of(user) is not None


def reads_as_superuser_only(user: AnyUser) -> bool:
    """Whether somebody reads restricted papers only because they keep the site: the board is told of each reading."""
    if not user.is_authenticated or not user.is_superuser:
        return False
    return seat_of(user) is None and not user.groups.filter(name=Role.BOARD).exists()


def can_answer_for(user: AnyUser, seat: BoardSeat) -> bool:
    """Whoever represents a body says whether it comes; so does the secretariat."""
    return can_minute(user) or seat_of(user) == seat


def can_answer(user: AnyUser) -> bool:
    """Whoever represents a body, and the secretariat, says whether bodies come to a meeting."""
    return can_minute(user) or seat_of(user) is not None


def owners_for(user: AnyUser) -> list[Organisation]:
    """The bodies whose actions somebody says are done: the one they represent, and those they publish for."""
    own = seat_of(user)
    return [*([own.body] if own else []), *organisations_of(user, at_least=Membership.Role.PUBLISHER)]


def can_finish_action(user: AnyUser, action: BoardAction) -> bool:
    """Whoever represents the body that owns an action or publishes for it says that it is done; and the secretariat."""
    return can_minute(user) or action.owner in owners_for(user)


def can_see_who_is_missing(user: AnyUser, motion: Motion) -> bool:
    """The board, its secretariat and those who vote in it see which bodies have voted before the result is shown."""
    return can_minute(user) or sits_on_board(user) or roll_entry_of(user, motion.ballot) is not None


def sees_who_came(user: AnyUser) -> bool:
    """The board, its secretariat and those who represent a body see the names of those who came."""
    return can_minute(user) or sits_on_board(user) or seat_of(user) is not None
