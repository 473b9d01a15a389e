"""Who decides about business cases, who answers for one, who keeps a project up to date, how it stood before."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from councils.models import Membership
from councils.queries import leads_of
from projects.portfolio.models import BusinessCase, Project


def who_decides() -> list[User]:
    """The board; where none of its people has an account, the secretariat that puts cases before it."""
    return list(holders_of(Role.BOARD)) or list(holders_of(Role.SECRETARIAT))


def who_answers_for(case: BusinessCase) -> QuerySet[User]:
    """Whoever wrote a case, and the leads of the council that runs its project."""
    people = Q(pk=case.written_by_id)
    if case.project.lead_council:
        people |= Q(pk__in=leads_of(case.project.lead_council).values("pk"))
    return User.objects.filter(people, is_active=True)


def who_updates(project: Project) -> QuerySet[User]:
    """The publishers and leads of the council that leads a project: those who are asked for its updates."""
    return User.objects.filter(
        is_active=True,
        memberships__organisation=project.lead_council_id,
        memberships__state=Membership.State.CONFIRMED,
        memberships__role__in=[Membership.Role.PUBLISHER, Membership.Role.LEAD],
    ).distinct()
