"""Who decides about business cases, and who answers for one."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from councils.queries import leads_of
from projects.portfolio.models import BusinessCase


def who_decides() -> list[User]:
    """The board; where none of its people has an account, the secretariat that puts cases before it."""
    return list(holders_of(Role.BOARD)) or list(holders_of(Role.SECRETARIAT))


def who_answers_for(case: BusinessCase) -> QuerySet[User]:
    """Whoever wrote a case, and the leads of the council that runs its project."""
    people = Q(pk=case.written_by_id)
    if case.project.lead_council:
        people |= Q(pk__in=leads_of(case.project.lead_council).values("pk"))
    return User.objects.filter(people, is_active=True)
