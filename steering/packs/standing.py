"""How the projects before the board stand: what a pack freezes of them, so that the next can say what changed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q
from django.utils import timezone

from core import clock
from core.figures import Figure
from core.history import is_told
from core.words import day_in_words
from projects.models import BusinessCase, Project
from projects.portfolio.permissions import visible_projects
from projects.portfolio.standing import ProjectStanding, standings
from steering.models import Decision, Meeting
from steering.packs.section import PackState, Since
from take_up import told
from take_up.models import Benefit
from take_up.permissions import visible_benefits


def projects_before(meeting: Meeting, since: Since) -> list[Project]:
    """The projects that everybody may see and that run, or have ended since the last pack; read once for all sections.

    Those of 2013 to 2015 are before a meeting of that time alone.
    """
    if "projects" not in since.found:
        since.found["projects"] = _read_projects(meeting, since)
    return since.found["projects"]


def ratings_before(meeting: Meeting, since: Since) -> dict[int, ProjectStanding]:
    """How each of them stands, as every page says it; worked out once for all sections."""
    if "rated" not in since.found:
        since.found["rated"] = standings(projects_before(meeting, since))
    return since.found["rated"]


def _read_projects(meeting: Meeting, since: Since) -> list[Project]:
    """The same, in three queries."""
    running = Q(ended_on=None) | Q(ended_on__gte=since.day) if since.day else Q(ended_on=None)
    projects = visible_projects(AnonymousUser()).filter(running)
    if not is_told(meeting.day):
        projects = projects.filter(started_on__gt=clock.LAST_DAY_OF_THE_RECORD)
    decisions = Decision.objects.only("business_case", "number", "result", "review_on", "decided_on")
    cases = BusinessCase.objects.order_by("-version").defer("summary", "decision_reason")
    cases = cases.prefetch_related(Prefetch("decisions", decisions))
    projects = projects.select_related("lead_council").prefetch_related(Prefetch("business_cases", cases))
    return list(projects.order_by("title", "pk"))


def state_of(projects: Sequence[Project], rated: dict[int, ProjectStanding]) -> PackState:
    """How each project stands, by its key: step, case, rating. No query of its own."""
    return {
        str(project.pk): {
            "title": project.title,
            "step": project.get_stage_display(),
            "case": case_in_words(latest_case(project)),
            "rating": rated[project.pk].rated,
            "suggested": rated[project.pk].suggested,
        }
        for project in projects
    }


def promises_missed(meeting: Meeting, since: Since) -> list[Benefit]:
    """Every promise that everybody may see and that was missed, whoever made it; read once for all sections.

    Those of 2013 to 2015 are before a meeting of that time alone.
    """
    if "missed" not in since.found:
        missed = visible_benefits(AnonymousUser()).missed()
        if not is_told(meeting.day):
            missed = missed.filter(claimed_on__gt=clock.LAST_DAY_OF_THE_RECORD)
        missed = missed.select_related("project", "adoption__council", "latest", "business_case__project")
        since.found["missed"] = list(told.known().with_name(missed).order_by("latest__measured_on", "pk"))
    return since.found["missed"]


def missed_since(meeting: Meeting, since: Since) -> list[Benefit]:
    """Those of them that the last pack did not know; without a pack, those missed after the day it is compared with."""
    missed = promises_missed(meeting, since)
    if since.missed is not None:
        return [each for each in missed if each.pk not in since.missed]
    return [each for each in missed if since.day and each.missed_on and each.missed_on > since.day]


def state_on(day: dt.date, projects: Sequence[Project]) -> PackState:
    """How the projects stood on a day, by the days on record, where no pack was frozen then; ratings are not known."""
    stood: PackState = {}
    for project in projects:
        if project.started_on <= day:
            case = latest_case(project)
            stood[str(project.pk)] = {
                "step": _step_on(day, project),
                "case": _case_on(day, case) if case else "",
                "rating": "",
            }
    return stood


def latest_case(project: Project) -> BusinessCase | None:
    return next(iter(project.business_cases.all()), None)


def with_unit(promise: Benefit) -> str:
    """What was promised: £180,000 a year, 100 calls."""
    return Figure(promise.claimed, unit=promise.unit).with_unit


def case_in_words(case: BusinessCase | None) -> str:
    """`draft`, `submitted`, `version 2 accepted`; empty where there is none."""
    if case is None:
        return ""
    state = case.get_state_display().lower()
    return f"version {case.version} {state}" if case.version > 1 else state


def moved_on(project: Project) -> dt.date:
    """The day of its latest step."""
    return project.ended_on or project.launched_on or project.started_on


def case_moved_on(case: BusinessCase) -> dt.date | None:
    """The day on which a case was decided or submitted; None for a draft."""
    return case.decided_on or (timezone.localdate(case.submitted_at) if case.submitted_at else None)


def day_cell(day: Any) -> str:
    """A day as the pack says it: its year stands where it is read in another year too."""
    return day_in_words(day, in_short=True)


def _step_on(day: dt.date, project: Project) -> str:
    if project.ended_on and project.ended_on <= day:
        return project.get_stage_display()
    launched = project.launched_on is not None and project.launched_on <= day
    return str((Project.Stage.LAUNCH if launched else Project.Stage.CO_DEVELOP).label)


def _case_on(day: dt.date, case: BusinessCase) -> str:
    """What was on record of the latest case; a version that was not there yet is not told apart from a draft."""
    if case.decided_on and case.decided_on <= day:
        return case_in_words(case)
    submitted = case.submitted_at and timezone.localdate(case.submitted_at) <= day
    return "submitted" if submitted else "draft"
