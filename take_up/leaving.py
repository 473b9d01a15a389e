"""Promises to follow up and commitments to renew that are in somebody's name, for a colleague."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from core import clock
from councils.leaving import PersonalWork, gives
from take_up.models import Benefit, Commitment
from take_up.models.benefit import state_now


def promises_to_follow_up() -> QuerySet[Benefit]:
    """The promises that are not kept yet, without those of the record.

    Those of people who check measurements stay theirs: handed on, their own promise would be theirs to check.
    """
    made = Benefit.objects.filter(claimed_on__gte=clock.HISTORY_ENDS.date())
    checkers = User.objects.filter(is_active=True, groups__name__in=[Role.ANALYST, Role.SECRETARIAT])
    made = made.exclude(recorded_by__in=checkers.values("pk"))
    return made.alias(state_today=state_now()).exclude(state_today=Benefit.State.KEPT)


OF_ONE_PERSON = (
    PersonalWork(
        ("promise of a project to follow up", "promises of projects to follow up"),
        promises_to_follow_up,
        "project__lead_council",
        "recorded_by",
        gives("recorded_by"),
    ),
    PersonalWork(
        ("promise of a use to follow up", "promises of uses to follow up"),
        promises_to_follow_up,
        "adoption__council",
        "recorded_by",
        gives("recorded_by"),
    ),
    PersonalWork(
        ("commitment to renew", "commitments to renew"),
        lambda: Commitment.objects.filter(ended_on=None),
        "council",
        "proposed_by",
        gives("proposed_by"),
    ),
)
