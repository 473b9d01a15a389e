"""The words and recipients of each message about a business case."""

from collections.abc import Iterable

from django.conf import settings

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from core import mail
from councils.queries import leads_of
from projects.portfolio.models import BusinessCase


def _write(people: Iterable[User], template: str, case: BusinessCase) -> None:
    url = settings.BASE_URL + case.project.get_absolute_url()
    for person in people:
        context = {"person": person, "case": case, "project": case.project, "url": url}
        mail.send(to=person.email, template=f"emails/{template}", context=context)


def case_submitted(case: BusinessCase) -> None:
    """To the board; where none of its people has an account, to the secretariat that puts it before the board."""
    if case.state == BusinessCase.State.SUBMITTED:
        deciding = list(holders_of(Role.BOARD)) or list(holders_of(Role.SECRETARIAT))
        _write(deciding, "case_submitted", case)


def case_decided(case: BusinessCase) -> None:
    """To whoever wrote it, and the leads of the council that runs the project."""
    if case.state not in {BusinessCase.State.ACCEPTED, BusinessCase.State.REJECTED}:
        return
    people = User.objects.filter(pk=case.written_by_id, is_active=True)
    if case.project.lead_council:
        people = (people | User.objects.filter(pk__in=leads_of(case.project.lead_council).values("pk"))).distinct()
    _write(people, "case_decided", case)
