"""What changed since the last pack, as then and now, and what should have come and did not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core import clock
from core.history import is_told
from core.words import counted, spelled
from projects.models import Project
from projects.portfolio.freshness import rhythm
from projects.portfolio.standing import ProjectStanding, who_set
from steering.models import Decision, Meeting
from steering.packs.section import PackCell, PackRows, PackSection, Since
from steering.packs.standing import (
    case_moved_on,
    day_cell,
    latest_case,
    missed_since,
    moved_on,
    projects_before,
    promises_missed,
    ratings_before,
    state_of,
    state_on,
    with_unit,
)
from steering.queries.decisions import decisions_not_implemented
from take_up.models import Benefit
from take_up.queries.promises import in_words

COLUMNS = ("What", "Record", "Then", "Now", "Day")


@dataclass(frozen=True)
class PackChange:
    """A line of what changed; `is_owed` says that it is about something that should have come and did not."""

    what: str
    record: Any
    then: str
    now: PackCell
    day: str
    is_owed: bool = False


def changed(meeting: Meeting, since: Since) -> PackSection:
    """What changed since the last pack: steps, cases, ratings, promises; then what is silent, and what is owed."""
    projects = projects_before(meeting, since)
    rated = ratings_before(meeting, since)
    now = state_of(projects, rated)
    then = since.state if since.state is not None else state_on(since.day, projects) if since.day else now
    lines = [
        *_steps(projects, then, now),
        *_cases(projects, then, now),
        *_ratings(projects, then, rated),
        *_missed(missed_since(meeting, since)),
        *_silent(projects),
        *(_owed(decision) for decision in decisions_owed(meeting)),
    ]
    rows = PackRows()
    for line in lines:
        record = PackCell(str(line.record), url=line.record.get_absolute_url())
        rows.add(line.what, record, line.then, line.now, line.day, of=line.record)
    said = _in_words(lines, unexplained=sum(each.waits_for_explanation for each in promises_missed(meeting, since)))
    return PackSection(
        "changed",
        f"Changed since {since.words}" if since.words else "Changed",
        COLUMNS,
        tuple(rows.rows),
        note=said,
        empty=said,
        summary=said,
    )


def decisions_owed(meeting: Meeting) -> QuerySet[Decision]:
    """Decisions before a meeting that nobody has said are carried out, the oldest first.

    Of 2013 to 2015 nothing is owed any more.
    """
    decided = decisions_not_implemented(meeting.day).filter(decided_on__lt=meeting.day)
    if not is_told(meeting.day):
        decided = decided.filter(decided_on__gt=clock.LAST_DAY_OF_THE_RECORD)
    return decided


def _steps(projects: Sequence[Project], then: dict, now: dict) -> Iterator[PackChange]:
    for project in projects:
        before, step = then.get(str(project.pk)), now[str(project.pk)]["step"]
        if before is None or before["step"] != step:
            was = before["step"] if before else "not there"
            yield PackChange("Step", project, was, PackCell(step, strong=True), day_cell(moved_on(project)))


def _cases(projects: Sequence[Project], then: dict, now: dict) -> Iterator[PackChange]:
    for project in projects:
        before, said = then.get(str(project.pk), {}).get("case", ""), now[str(project.pk)]["case"]
        case = latest_case(project)
        if case and said != before and case_moved_on(case):
            yield PackChange(
                "Case", project, before or "none", PackCell(said, strong=True), day_cell(case_moved_on(case))
            )


def _ratings(projects: Sequence[Project], then: dict, rated: dict[int, ProjectStanding]) -> Iterator[PackChange]:
    """Ratings that changed, and those set against the portal's; one that is only silent is said once."""
    for project in projects:
        before, stands = then.get(str(project.pk), {}), rated[project.pk]
        was, latest = before.get("rating", ""), stands.latest
        if stands.is_overridden and latest:
            if (was, before.get("suggested", "")) != (stands.rated, stands.suggested):
                now = _rated(stands, f"set by {who_set(latest)}: {latest.because}")
                yield PackChange("Rating", project, f"{stands.suggested} (suggested)", now, _updated(project))
        elif was and was != stands.rated and not (project.has_ended or project.is_late):
            yield PackChange("Rating", project, was.lower(), _rated(stands, stands.reason), _updated(project))


def _rated(stands: ProjectStanding, reason: str) -> PackCell:
    return PackCell(stands.rated.lower(), note=reason, strong=True)


def _missed(promises: Iterable[Benefit]) -> Iterator[PackChange]:
    """Promises that were missed since, with what was promised and what was measured."""
    for line in in_words(promises, says_who=True):
        promise = line.record
        yield PackChange(
            "Promise",
            promise.project or promise,
            f"{with_unit(promise)} promised",
            PackCell(f"missed: {line.measured}", note=line.title if promise.project else line.who, strong=True),
            day_cell(promise.missed_on),
            is_owed=True,
        )


def _silent(projects: Sequence[Project]) -> Iterator[PackChange]:
    for project in (each for each in projects if each.is_late):
        days = (clock.today() - timezone.localdate(project.last_updated_at)).days
        now = PackCell(f"no update for {counted(days, 'day')}", strong=True)
        yield PackChange("Silent", project, f"every {rhythm(project)}", now, _updated(project), is_owed=True)


def _updated(project: Project) -> str:
    return day_cell(project.last_updated_at)


def _owed(decision: Decision) -> PackChange:
    now = PackCell("not carried out", note=decision.title, strong=True)
    return PackChange("Owed", decision, "decided", now, day_cell(decision.decided_on), is_owed=True)


def _in_words(lines: Sequence[PackChange], *, unexplained: int) -> str:
    """`4 changes of step, business case or rating, and two that should have come and did not.` And what was missed."""
    owed = sum(line.is_owed for line in lines)
    came = len(lines) - owed
    first = f"{counted(came, 'change') if came else 'No change'} of step, business case or rating"
    missing = f", and {spelled(owed)} that should have come and did not."
    first += missing if owed else "; nothing that should have come is missing."
    missed = sum(line.what == "Promise" for line in lines)
    waits = f"; missed and not explained yet, the record of 2013 to 2015 apart: {unexplained}" if unexplained else ""
    stopped = sum(line.what == "Step" and line.now.text == str(Project.Stage.STOPPED.label) for line in lines)
    return f"{first} Promises missed since: {missed or 'none'}{waits}. Projects stopped: {stopped or 'none'}."
