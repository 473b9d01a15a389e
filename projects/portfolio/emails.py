"""The words of each message about a business case."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from outbox.kinds import Letter, kind
from projects.portfolio.models import BusinessCase

State = BusinessCase.State
BEGAN = "project.started_on"


def _cases() -> QuerySet[BusinessCase]:
    return BusinessCase.objects.select_related("project", "written_by")


def _letter(template: str, case: BusinessCase, to: User | None) -> Letter:
    url = settings.BASE_URL + case.project.get_absolute_url()
    return Letter(f"emails/{template}", {"person": to, "case": case, "project": case.project, "url": url})


@kind("projects.case_submitted", "A business case waits for the board’s decision", about=_cases, began=BEGAN)
def case_submitted(case: BusinessCase, to: User | None) -> Letter | None:
    return _letter("case_submitted", case, to) if case.state == State.SUBMITTED else None


@kind("projects.case_decided", "The board has decided about your business case", about=_cases, began=BEGAN)
def case_decided(case: BusinessCase, to: User | None) -> Letter | None:
    return _letter("case_decided", case, to) if case.state in {State.ACCEPTED, State.REJECTED} else None
