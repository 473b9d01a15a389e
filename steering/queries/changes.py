"""What changed in the portfolio since the board last met: status lines, ratings, business cases, steps."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.months import months_after
from core.words import counted, day_in_short, day_in_words
from projects.models import BusinessCase, Project, StatusUpdate
from projects.portfolio.standing import by_lead, rated_then
from steering.models import Meeting
from steering.queries.meetings import MONTHS

MOST = 10  # changes; each source is asked for one more
_PROJECT = ("project", "project__title", "project__slug")
_OF_AN_UPDATE = ("line", "at", "is_confirmation", "rating", "suggested", "because")
_Found = tuple[dt.date, tuple[int, str, str], str]


@dataclass(frozen=True)
class ProjectChange:
    """The changes of one project on one day."""

    on: dt.date
    title: str
    url: str
    what: list[str]

    @property
    def day(self) -> str:
        return day_in_short(self.on)


@dataclass(frozen=True)
class ProjectChanges:
    """The latest changes after a day, the newest first, and whether there are more of them."""

    since: dt.date
    lines: list[ProjectChange]
    has_more: bool
    has_met: bool = True

    @property
    def day(self) -> str:
        return day_in_short(self.since)

    @property
    def in_words(self) -> str:
        """Their number as a sentence, with what is counted and since when."""
        since = f"since the board met on {day_in_words(self.since)}" if self.has_met else f"since {self.day}"
        if not self.lines:
            return f"Nothing has moved {since}."
        if self.has_more:
            return f"These are the latest {since}."
        number = sum(len(change.what) for change in self.lines)
        projects = len({change.url for change in self.lines})
        what = f"{counted(number, 'entry', 'entries')} about {counted(projects, 'project')} {since}"
        return f"{what}, status lines and ratings included; nothing else moved."


def changes_since(projects: QuerySet[Project], last: Meeting | None) -> ProjectChanges:
    """The changes after the last meeting, or of the last three months where there was none. Three queries."""
    since = last.day if last else months_after(clock.today(), -MONTHS)
    found = [*_turns(projects, since), *_cases(projects, since), *_updates(projects, since)]
    found.sort(key=lambda change: change[0], reverse=True)
    lines: dict[tuple[dt.date, int], ProjectChange] = {}
    for on, (key, title, slug), what in found[:MOST]:
        change = ProjectChange(on, title, reverse("projects:project", args=[slug]), [])
        lines.setdefault((on, key), change).what.append(what)
    return ProjectChanges(since, list(lines.values()), has_more=len(found) > MOST, has_met=last is not None)


def _updates(projects: QuerySet[Project], since: dt.date) -> Iterator[_Found]:
    posted = StatusUpdate.objects.filter(project__in=projects, at__gte=_morning_after(since))
    posted = posted.select_related("project").only(*_OF_AN_UPDATE, *_PROJECT).annotate(by_lead=by_lead())
    for update in posted.order_by("-at", "-pk")[: MOST + 1]:
        on, project = timezone.localdate(update.at), update.project
        key = (project.pk, project.title, project.slug)
        if update.is_overridden:
            yield on, key, f"Rating: {rated_then(update)}"
        yield on, key, f"Update: {update.said}"


def _cases(projects: QuerySet[Project], since: dt.date) -> Iterator[_Found]:
    """Submissions of business cases and decisions on them."""
    moved = Q(submitted_at__gte=_morning_after(since)) | Q(decided_on__gt=since)
    cases = BusinessCase.objects.filter(moved, project__in=projects)
    cases = cases.order_by(Coalesce("decided_on", TruncDate("submitted_at")).desc(), "-pk")
    columns = ("version", "state", "submitted_at", "decided_on", "decision_number", *_PROJECT)
    for version, state, submitted_at, decided_on, number, *project in cases.values_list(*columns)[: MOST + 1]:
        words = f"Business case, version {version}," if version > 1 else "Business case"
        if decided_on and decided_on > since:
            yield decided_on, tuple(project), f"{words} {state}, {number}"
        if submitted_at and timezone.localdate(submitted_at) > since:
            yield timezone.localdate(submitted_at), tuple(project), f"{words} submitted"


def _turns(projects: QuerySet[Project], since: dt.date) -> Iterator[_Found]:
    """Starts, launches and ends of projects."""
    turned = projects.filter(Q(started_on__gt=since) | Q(launched_on__gt=since) | Q(ended_on__gt=since))
    turned = turned.order_by(Coalesce("ended_on", "launched_on", "started_on").desc(), "-pk")
    columns = ("stage", "ended_on", "launched_on", "started_on", "pk", "title", "slug")
    for stage, *days, key, title, slug in turned.values_list(*columns)[: MOST + 1]:
        turns = (Project.Stage(stage).label, "Launched: step 4 has begun", "Started: step 3 has begun")
        for day, what in zip(days, turns, strict=True):
            if day and day > since:
                yield day, (key, title, slug), what


def _morning_after(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))
