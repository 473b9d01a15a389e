"""The words of each message about a business case, and of those that ask for an update."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from outbox.kinds import Letter, kind
from projects.portfolio import links
from projects.portfolio.freshness import rhythm
from projects.portfolio.models import BusinessCase, Project

State = BusinessCase.State
BEGAN = "project.told_since"


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


def _projects() -> QuerySet[Project]:
    return Project.objects.select_related("lead_council")


@kind(
    "projects.update_due",
    "An update of a project that your council leads is due",
    about=_projects,
    began="told_since",
    holds_a_right=True,
)
def update_due(project: Project, to: User | None, *, due: str, asked: bool = False) -> Letter | None:
    """That the update of a day is due, with a link that says the last line still holds.

    Nothing once there is another, or none is asked for. `asked`: somebody had its owner asked.
    """
    if to is None or project.next_update_due != dt.date.fromisoformat(due) or links.why_none(project):
        return None
    link = links.link_for(project, to)
    context = {
        "person": to,
        "project": project,
        "asked": asked,
        "rhythm": rhythm(project),
        "latest": project.updates.first(),
        "link_url": settings.BASE_URL + link.get_absolute_url(),
        "until": link.until,
        "url": f"{settings.BASE_URL}{project.get_absolute_url()}#latest",
    }
    return Letter("emails/update_due", context)
