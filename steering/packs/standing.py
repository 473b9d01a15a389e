"""How the projects before the board stand: what a pack freezes of them, so that the next can say what changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q
from django.utils import timezone

from core import clock
from core.figures import Figure
from core.history import is_told
from core.words import day_in_words
from projects.models import BusinessCase, Project, StatusUpdate
from projects.portfolio.permissions import visible_projects
from projects.portfolio.standing import latest_updates, standing_of, who_set
from projects.portfolio.suggestion import SuggestedRating, suggestions
from steering.models import Decision, Meeting
from steering.packs.section import PackState, Since
from take_up.models import Benefit


@dataclass(frozen=True)
class HowRated:
    """A project's rating with its reason and its last update; what the portal suggests where somebody set another."""

    word: str
    reason: str
    suggested: str = ""
    suggested_reason: str = ""
    set_by: str = ""
    latest: StatusUpdate | None = None

    @property
    def is_overridden(self) -> bool:
        return bool(self.suggested) and self.suggested != self.word


def how_rated(projects: Sequence[Project]) -> dict[int, HowRated]:
    """The rating of each project; one query for the last lines, and those of the suggestion's sources."""
    latest, suggested = latest_updates(projects), suggestions(projects)
    return {each.pk: _how_rated(each, latest.get(each.pk), suggested.get(each.pk)) for each in projects}


def _how_rated(project: Project, latest: StatusUpdate | None, suggestion: SuggestedRating | None) -> HowRated:
    standing = standing_of(project, latest, suggestion)
    if suggestion is None or latest is None or suggestion.colour == standing.rating:
        return HowRated(standing.word, standing.reason, latest=latest)
    return HowRated(
        latest.get_rating_display(),
        latest.because,
        latest=latest,
        suggested=str(StatusUpdate.Rating(suggestion.colour).label),
        suggested_reason=suggestion.in_short,
        set_by=str(project.lead_council or "") if latest.by_lead else who_set(latest),  # type: ignore[attr-defined]
    )


def projects_before(meeting: Meeting, since: Since) -> list[Project]:
    """The projects that everybody may see and that run, or have ended since the last pack; read once for all sections.

    Those of 2013 to 2015 are before a meeting of that time alone.
    """
    if "projects" not in since.found:
        since.found["projects"] = _read_projects(meeting, since)
    return since.found["projects"]


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


def state_of(projects: Sequence[Project], rated: dict[int, HowRated]) -> PackState:
    """How each project stands, by its key: step, case, rating; no query after `projects_before` and `how_rated`."""
    return {
        str(project.pk): {
            "title": project.title,
            "step": project.get_stage_display(),
            "case": case_in_words(latest_case(project)),
            "rating": rated[project.pk].word,
            "missed": [],
        }
        for project in projects
    }


def with_missed(state: PackState) -> PackState:
    """The same with the promises of each project that were missed; one query."""
    missed = Benefit.objects.missed().filter(project__in=state).order_by("pk")
    for key, project in missed.values_list("pk", "project"):
        state[str(project)]["missed"].append(key)
    return state


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
                "missed": None,
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
