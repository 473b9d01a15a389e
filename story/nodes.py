"""The nodes of the strip: for each step of a chain its kind, title, one fact and address."""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from assets_registry.models import Asset
from core import clock
from core.figures import Share
from core.words import counted, day_in_words, days_in_words, month_in_words, one_or_many, spelled
from events.models import Event
from projects.models import BusinessCase, Discovery, Need, Project, Prototype
from publishing.models import CaseStudyPage
from story import rows
from story.rows import StepRow
from take_up.models import Adoption, Benefit
from voting.models import Ballot

KINDS = {
    rows.NEED: "Need",
    rows.DISCOVERY: "Discovery Day",
    rows.CO_DESIGN: "Co-Design Day",
    rows.VOTE: "Vote",
    rows.PROJECT: "Project",
    rows.CASE: "Business case",
    rows.ASSET: "Asset",
    rows.TAKE_UP: "Take-up",
    rows.CASE_STUDY: "Case study",
}


@dataclass(frozen=True)
class Node:
    """One step on the strip. `state`: past, present, future or withdrawn."""

    step: int
    kind: str
    title: str = ""
    fact: str = ""
    url: str = ""
    state: str = "past"

    @property
    def is_present(self) -> bool:
        return self.state == "present"

    @property
    def is_future(self) -> bool:
        return self.state == "future"


def present_step(record: Model) -> int:
    """The step of the strip that a record belongs to; 0 where there is none."""
    if isinstance(record, Event):
        days = {str(Event.Kind.DISCOVERY_DAY): rows.DISCOVERY, str(Event.Kind.CO_DESIGN_DAY): rows.CO_DESIGN}
        return days.get(record.kind, 0)
    if isinstance(record, Benefit):
        return rows.PROJECT if record.project_id else rows.TAKE_UP
    steps = {
        Need: rows.NEED,
        Discovery: rows.DISCOVERY,
        Prototype: rows.CO_DESIGN,
        Ballot: rows.VOTE,
        Project: rows.PROJECT,
        BusinessCase: rows.CASE,
        Asset: rows.ASSET,
        Adoption: rows.TAKE_UP,
        CaseStudyPage: rows.CASE_STUDY,
    }
    return steps.get(type(record), 0)


def nodes_of(found: dict[int, StepRow]) -> list[Node]:
    """The nodes of the steps that have happened, in order."""
    makers = {
        rows.NEED: _need,
        rows.DISCOVERY: _discovery,
        rows.CO_DESIGN: _co_design_day,
        rows.VOTE: _vote,
        rows.PROJECT: _project,
        rows.CASE: _business_case,
        rows.ASSET: _asset,
        rows.TAKE_UP: _take_up,
        rows.CASE_STUDY: _case_study,
    }
    made = (make(found) for make in makers.values())
    return [node for node in made if node is not None]


def _and_more(others: int, one: str, many: str) -> str:
    return "" if others < 1 else f"and {others} more {one_or_many(others, one, many)}"


def _joined(*facts: str) -> str:
    return " · ".join(fact for fact in facts if fact)


def _days(row: StepRow) -> str:
    """The day of an event, or its first and last."""
    first = timezone.localdate(row.moment)
    return days_in_words(first, row.day or first)


def _people(row: StepRow) -> str:
    """How many people came; empty for a day to come."""
    if row.state == Event.State.CANCELLED:
        return "cancelled"
    if row.moment and row.moment > clock.now():
        return "to come"
    return counted(row.first, "person", "people") if row.first else ""


def _need(found: dict[int, StepRow]) -> Node | None:
    if (row := found.get(rows.NEED)) is None:
        return None
    url = reverse("projects:need", args=[row.key])
    if row.state == Need.State.WITHDRAWN:
        return Node(rows.NEED, "Need", "Withdrawn", "", url, "withdrawn")
    # One raised it; these have it, or had it in the years of the record.
    councils = f"A need of {counted(row.first, 'council')}" if row.first else ""
    merged = "merged into another" if row.state == Need.State.MERGED else ""
    return Node(rows.NEED, "Need", row.title, _joined(councils, merged, _and_more(row.others, "need", "needs")), url)


def _discovery(found: dict[int, StepRow]) -> Node | None:
    row, day = found.get(rows.DISCOVERY), found.get(rows.DISCOVERY_DAY)
    if row is None:
        return None
    fact = _joined(_days(day), _people(day)) if day else f"Since {month_in_words(row.day)}"
    stopped = "stopped" if row.state == Discovery.Step.STOPPED else ""
    kind = "Discovery Day" if day else "Discovery"
    return Node(rows.DISCOVERY, kind, row.title, _joined(fact, stopped), reverse("projects:discovery", args=[row.key]))


def _co_design_day(found: dict[int, StepRow]) -> Node | None:
    day, first = found.get(rows.CO_DESIGN), found.get(rows.PROTOTYPES)
    if day is None and first is None:
        return None
    title = day.title if day else ""
    if first:
        number = first.others + 1
        title = first.title if number == 1 else f"{spelled(number).capitalize()} prototypes"
    fact = _joined(_days(day), _people(day)) if day else ""
    if day:
        return Node(rows.CO_DESIGN, "Co-Design Day", title, fact, reverse("events:detail", args=[day.key]))
    address = reverse("projects:prototype", args=[first.key]) if first else ""
    return Node(rows.CO_DESIGN, "Prototypes", title, fact, address)


def _vote(found: dict[int, StepRow]) -> Node | None:
    if (row := found.get(rows.VOTE)) is None:
        return None
    chosen, voted, councils, of_councils = row.first, row.second, row.third, row.fourth
    url = reverse("voting:detail", args=[row.key])
    if row.state in Ballot.RUNNING:
        return Node(rows.VOTE, "Vote", "Voting opened", day_in_words(row.moment), url)
    if not chosen:
        return Node(rows.VOTE, "Vote", f"{voted:,} voted", day_in_words(row.moment), url)
    fact = f"{councils:,} of {counted(of_councils, 'council')}" if of_councils else ""
    return Node(rows.VOTE, "Vote", f"Chosen by {chosen:,} of {voted:,}", fact or day_in_words(row.moment), url)


def _project(found: dict[int, StepRow]) -> Node | None:
    if (row := found.get(rows.PROJECT)) is None:
        return None
    stopped = "stopped" if row.state == Project.Stage.STOPPED else ""
    more = _and_more(row.others, "project", "projects")
    fact = _joined(month_in_words(row.day), stopped, more)
    return Node(rows.PROJECT, "Project", row.title, fact, reverse("projects:project", args=[row.key]))


def _business_case(found: dict[int, StepRow]) -> Node | None:
    """The node of the business case; none while there is only a draft, which only its authors see."""
    row = found.get(rows.CASE)
    if row is None or row.state == BusinessCase.State.DRAFT:
        return None
    url = f"{reverse('projects:project', args=[row.key])}#business-case"
    if row.state == BusinessCase.State.SUBMITTED:
        return Node(rows.CASE, "Business case", "Submitted", "Waiting for a decision", url)
    fact = _joined(day_in_words(row.day, in_short=True), row.note)
    if row.state == BusinessCase.State.REJECTED:
        # Its own version, since the project's page may show a newer one.
        url = reverse("projects:case_version", args=[row.key, row.first])
        return Node(rows.CASE, "Business case", f"Rejected by {row.title}", fact, url)
    return Node(rows.CASE, "Business case", f"Accepted by {row.title}", fact, url)


def _asset(found: dict[int, StepRow]) -> Node | None:
    if (row := found.get(rows.ASSET)) is None:
        return None
    url = reverse("assets_registry:detail", args=[row.key])
    if row.state == Asset.State.WITHDRAWN:
        return Node(rows.ASSET, "Asset", "Withdrawn", "", url, "withdrawn")
    since = month_in_words(row.day or row.moment) if row.state == Asset.State.PUBLISHED else "not published yet"
    fact = _joined(since, _and_more(row.others, "asset", "assets"))
    return Node(rows.ASSET, "Asset", row.title, fact, url)


def _take_up(found: dict[int, StepRow]) -> Node | None:
    """The node of take-up, once a council uses the asset; until then it is in the future."""
    row = found.get(rows.TAKE_UP)
    if row is None or not row.first + row.third:
        return None
    share = Share(row.first, row.second, "councils", as_at=row.day)
    url = f"{reverse('assets_registry:detail', args=[row.key])}#take-up"
    is_past = row.day is not None and row.day < clock.today()
    those = "it was for" if is_past else "it is for"
    fact = f"{share.with_unit} of those {those}" if share.base else ""
    fact = _joined(fact, month_in_words(row.day) if is_past else "", f"{row.third:,} more since" if row.third else "")
    return Node(rows.TAKE_UP, "Take-up", share.of_base, fact, url)


def _case_study(found: dict[int, StepRow]) -> Node | None:
    if (row := found.get(rows.CASE_STUDY)) is None:
        return None
    url = "/" + row.key.split("/", 2)[2]  # a page's path in the tree, without the site's root
    if row.state:
        return Node(rows.CASE_STUDY, "Case study", "Withdrawn", "", url, "withdrawn")
    fact = f"Followed up {month_in_words(row.day)}" if row.day else f"Published {month_in_words(row.moment)}"
    more = _and_more(row.others, "case study", "case studies")
    return Node(rows.CASE_STUDY, "Case study", row.title, _joined(fact, more), url)
