"""Pages of the strategy: purposes, terms of reference, departments, and Planting the Flag with what councils say."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.http import SignedInRequest
from accounts.models import AnyUser, User
from core import clock
from core.answering import answered, posted
from core.permissions import allow, anyone, require
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from core.words import counted, day_in_words, series
from councils.models import Organisation
from councils.permissions import councils_of, visible_organisations
from design_system.lines import link, noted, tag
from projects.models import Purpose
from steering import operations
from steering.forms.strategy import FlagAssessmentForm, LocalImpactForm
from steering.framework import (
    CAMPAIGN_SOURCE,
    FLAG_SOURCE,
    GROUPS,
    ITEMS,
    SEVEN_DEPARTMENTS,
    TERMS,
    TERMS_SOURCE,
)
from steering.models import FlagAssessment, FlagStep, LocalImpact
from steering.operations.strategy import NOT_THE_LEAD, NOT_THE_SECRETARIAT
from steering.permissions import can_assess, can_minute, leads_a_council, visible_impacts
from steering.queries.strategy import (
    LEAST_FOR_A_MEDIAN,
    DepartmentRow,
    ItemStanding,
    PurposeCounts,
    assessments_of,
    assessments_that_count,
    impacts_by_department,
    projects_to_tag,
    purposes_with_counts,
    standing_of_items,
)
from steering.strips import in_steps, strip_of

MOST_TO_TAG = 10  # shown at once
MOST_DAYS = 4  # assessments of a council side by side
_COLOUR_OF_LEVEL = {LocalImpact.Level.NONE: "grey", LocalImpact.Level.SOME: "amber", LocalImpact.Level.STRONG: "teal"}
_PURPOSE_COLUMNS = ["Purpose", "Projects", "Events", "Assets"]


# The strategy ---------------------------------------------------------------------------------------------


@allow(anyone)
def strategy(request: HttpRequest) -> HttpResponseBase:
    """The purposes with what serves each, the departments, and the ways to the terms and to Planting the Flag."""
    counts = purposes_with_counts(request.user)
    if wants_table(request):
        return table_response(request, _purposes_table(counts))
    of_kind = {kind: [each for each in counts if each.purpose.kind == kind] for kind in Purpose.Kind.values}
    to_tag = projects_to_tag(request.user) if can_minute(request.user) else None
    assessed = assessments_that_count(request.user)
    context = {
        "columns": _PURPOSE_COLUMNS,
        "alliance": [_purpose_row(each) for each in of_kind[Purpose.Kind.ALLIANCE]],
        "campaign": [_purpose_row(each) for each in of_kind[Purpose.Kind.CAMPAIGN]],
        "bases": _bases(counts),
        "has_made_up": any(each.has_made_up for each in counts),
        "gaps": [each for each in of_kind[Purpose.Kind.ALLIANCE] if each.is_gap],
        "to_tag": to_tag[:MOST_TO_TAG] if to_tag is not None else (),
        "to_tag_count": to_tag.count() if to_tag is not None else 0,
        **_departments(request.user),
        "terms": TERMS,
        "groups": [(group, [item for item in ITEMS if item.group == group]) for group in GROUPS],
        "assessed": len(assessed),
        "today": clock.today(),
        "sources": {"terms": TERMS_SOURCE, "campaign": CAMPAIGN_SOURCE, "flag": FLAG_SOURCE},
    }
    return render(request, "steering/strategy.html", context)


def _bases(counts: Sequence[PurposeCounts]) -> str:
    """What the counts are of, in words: 9 projects, 25 events and 12 assets."""
    if not counts:
        return ""
    one = counts[0]
    return series(counted(share.base, share.base_words[:-1]) for share in (one.projects, one.events, one.assets))


def _purpose_row(counts: PurposeCounts) -> list[Any]:
    query = f"?purpose={counts.purpose.pk}"
    return [
        noted(counts.purpose.name, counts.purpose.wording),
        _gap(counts, query) if counts.is_gap else _count(counts.projects.count, "project", "projects:projects", query),
        _count(counts.events.count, "event", "events:list", query),
        _count(counts.assets.count, "asset", "assets_registry:list", query),
    ]


def _count(number: int, noun: str, name: str, query: str) -> Any:
    said = (counted(number, noun) if number else f"No {noun}").replace(" ", "\N{NO-BREAK SPACE}")
    return (said, reverse(name) + query) if number else said


def _gap(counts: PurposeCounts, query: str) -> SafeString:
    """That no project serves a purpose, with the way to what could: discoveries that work on it, else a need."""
    if counts.discoveries:
        there = "works" if counts.discoveries == 1 else "work"
        way = link(f"{counted(counts.discoveries, 'discovery', 'discoveries')} {there} on it", _of(query))
    else:
        way = link("Raise a need for it", reverse("projects:need_new"), about=f": {counts.purpose.name}")
    return format_html("{}<br>{}", tag("No project", "amber"), way)


def _of(query: str) -> str:
    return reverse("projects:discoveries") + query


def _purposes_table(counts: Sequence[PurposeCounts]) -> Table:
    return Table(
        name="purposes",
        title="What serves each purpose of the Alliance, of its campaign and of Planting the Flag",
        columns=("Kind", "Purpose", "In its words", "Projects", "Of", "Events", "Of", "Assets", "Of", "As at"),
        rows=[
            (
                each.purpose.get_kind_display(),
                each.purpose.name,
                each.purpose.wording,
                each.projects.count,
                each.projects.base,
                each.events.count,
                each.events.base,
                each.assets.count,
                each.assets.base,
                each.projects.as_at,
            )
            for each in counts
        ],
    )


@allow(anyone)
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of reference in their own words, and the shared secretariat."""
    return render(request, "steering/terms.html", {"terms": TERMS, "source": TERMS_SOURCE})


# The seven departments ------------------------------------------------------------------------------------


def _departments(user: AnyUser) -> dict[str, Any]:
    rows = impacts_by_department(user)
    impacts = [impact for row in rows for _, impact in row.cells if impact]
    return {
        "department_columns": ["Department", *LocalImpact.Part.labels],
        "departments": [_department_row(row) for row in rows],
        "filled": f"{len(impacts)} of {len(rows) * len(LocalImpact.Part)} cells are filled",
        "impacts_made_up": any(impact.is_illustrative for impact in impacts),
    }


def _department_row(row: DepartmentRow) -> list[Any]:
    return [row.name, *(_cell(row, part, impact) for part, impact in row.cells)]


def _cell(row: DepartmentRow, part: LocalImpact.Part, impact: LocalImpact | None) -> Any:
    if not row.is_on_record:
        return "Not on record"
    url = reverse("steering:impact", args=[row.slug, part.value])
    about = f": {row.name}, {part.label}"
    if impact is None:
        return link("Not filled yet", url, about=about)
    return noted(
        tag(impact.get_level_display(), _COLOUR_OF_LEVEL[LocalImpact.Level(impact.level)]),
        impact.wording,
        link("Who, when and before", url, about=about),
    )


def _department(slug: str, part: str) -> Organisation:
    if slug not in dict(SEVEN_DEPARTMENTS) or part not in LocalImpact.Part.values:
        raise Http404
    return get_object_or_404(Organisation, slug=slug)


@allow(anyone)
def impact(request: HttpRequest, department: str, part: str) -> HttpResponse:
    """One cell of the matrix: what stands, by whom and since when, and what stood before."""
    record = _department(department, part)
    lines = visible_impacts(request.user).filter(department=record, part=part).select_related("filled_by")
    found = list(lines.order_by("-created_at", "-pk")[:50])
    context = {
        "department": record,
        "part": LocalImpact.Part(part),
        "standing": next((each for each in found if each.replaced_at is None), None),
        "colour": _COLOUR_OF_LEVEL,
        "earlier": [each for each in found if each.replaced_at],
        "can_fill": can_minute(request.user),
    }
    return render(request, "steering/impact.html", context)


@allow(can_minute, because=NOT_THE_SECRETARIAT)
def fill_impact(request: SignedInRequest, department: str, part: str) -> HttpResponse:
    """Say what the services of a department mean for councils in one of their parts."""
    record = _department(department, part)
    standing = record.local_impacts.standing().filter(part=part).first()
    initial = {"level": standing.level, "wording": standing.wording} if standing else {}
    form = LocalImpactForm(posted(request), initial=initial)

    def fill(*, by: User, **answers: str) -> LocalImpact:
        return operations.fill_impact(record, part=part, by=by, **answers)

    if done := answered(request, form, fill, said="Saved. What stood before is kept below it."):
        return done
    context = {"form": form, "department": record, "part": LocalImpact.Part(part)}
    return render(request, "steering/impact_form.html", context)


# Planting the Flag ----------------------------------------------------------------------------------------


@allow(anyone)
def flag(request: HttpRequest) -> HttpResponse:
    """The framework's fifteen items, where councils say they stand, and the projects tagged to its principles."""
    assessed = assessments_that_count(request.user)
    items = standing_of_items(assessed)
    principles = [each for each in purposes_with_counts(request.user) if each.purpose.kind == Purpose.Kind.PRINCIPLE]
    own = [council for council in councils_of(request.user) if can_assess(request.user, council)]
    context = {
        "groups": [(group, [each for each in items if each.item.group == group]) for group in GROUPS],
        "columns": ["Item", *((str(step.label), "numeric") for step in FlagStep), ("Median", "numeric")],
        "rows": [_steps_row(each) for each in items] if assessed else [],
        "assessed": assessed,
        "least": LEAST_FOR_A_MEDIAN,
        "principles": principles,
        "own": own,
        "source": FLAG_SOURCE,
    }
    return render(request, "steering/flag.html", context)


def _steps_row(each: ItemStanding) -> list[Any]:
    """How many councils are at each step of an item, and their median."""
    at = [sum(step == value for step in each.steps) for value in FlagStep.values]
    middle = "–" if each.median is None else in_steps(each.median).replace(" ", "\N{NO-BREAK SPACE}")
    return [each.item.name, *at, middle]


def _council(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(visible_organisations(request.user).councils(), slug=slug)


@allow(anyone)
def flag_of_council(request: HttpRequest, council: str) -> HttpResponseBase:
    """A council's assessments of itself: the latest as a dot strip, the earlier ones beside it."""
    record = _council(request, council)
    found = assessments_of(record, request.user)
    if wants_table(request):
        return table_response(request, _assessments_table(record, found))
    shown = found[:MOST_DAYS]
    context = {
        "council": record,
        "latest": found[0] if found else None,
        "chart": strip_of(found[0], standing_of_items(assessments_that_count(request.user))) if found else None,
        "columns": ["Item", *(day_in_words(each.assessed_on, in_short=True) for each in shown)],
        "rows": [[item.name, *(_in_words(each, item.key) for each in shown)] for item in ITEMS],
        "more": len(found) - len(shown),
        "can_assess": can_assess(request.user, record),
        "source": FLAG_SOURCE,
    }
    return render(request, "steering/flag_of_council.html", context)


def _in_words(assessment: FlagAssessment, key: str) -> str:
    step = FlagStep(getattr(assessment, key))
    return f"{step.value}: {step.label}"


def _assessments_table(council: Organisation, found: Sequence[FlagAssessment]) -> Table:
    return Table(
        name=f"planting-the-flag-{council.slug}",
        title=f"{council.official_name} by Planting the Flag, as its lead assessed it",
        columns=("Day", "Group", "Item", "Step", "In words", MADE_UP),
        rows=[
            (
                each.assessed_on,
                item.group,
                item.name,
                getattr(each, item.key),
                FlagStep(getattr(each, item.key)).label,
                made_up_cell(each),
            )
            for each in found
            for item in ITEMS
        ],
    )


@allow(leads_a_council, because=NOT_THE_LEAD)
def assess_council(request: SignedInRequest, council: str) -> HttpResponse:
    """The form in which a council's lead assesses it."""
    record = _council(request, council)
    require(can_assess(request.user, record), NOT_THE_LEAD)
    latest = next(iter(assessments_of(record, request.user)), None)
    form = FlagAssessmentForm(posted(request), latest=latest)
    said = "Saved. It stands on your council’s page, with the earlier ones."
    done = answered(request, form, operations.assess_council, record, said=said)
    return done or render(request, "steering/flag_form.html", {"form": form, "council": record, "latest": latest})
