"""The board's home: what waits, the portfolio, the roster."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.csv import csv_response
from core.numbers import whole_number
from core.pagination import page_of
from core.permissions import anyone, door
from projects.freshness import freshness_tag
from projects.models import Project
from projects.permissions import visible_projects
from steering.models import BoardSeat
from steering.permissions import can_minute, visible_decisions, visible_meetings
from steering.queries import (
    cases_waiting,
    next_meeting,
    outcomes,
    overdue_keys,
    reviews_due,
    with_next_decision,
)
from steering.queries.portfolio import next_decision

MOST_OUTCOMES = 10
# What the page says of a body, of a meeting, of a case that waits.
_NAMED_BY_BODY = ("body__name", "body__official_name", "body__slug")
_OF_A_CASE = (
    "submitted_at", "source", "is_illustrative", "project__title",
    "project__lead_council__name", "project__lead_council__kind",
)  # fmt: skip
_OF_A_MEETING = ("held_on", "place", "source", "is_illustrative", "host__side", "host__order", "host__body__name")


@door(anyone)
def board(request: HttpRequest) -> HttpResponse:
    """Everything the board follows, on one page."""
    every = visible_projects(request.user)
    rows = _narrowed(request, every).order_by("stage", "-started_on", "pk")
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    tabs = _tabs(request, every)
    is_narrowed = bool({"overdue", "outcome"} & set(request.GET))
    known = None if is_narrowed else next(tab["count"] for tab in tabs if tab["current"])
    page = page_of(request, with_next_decision(rows), count=known)
    counted = [] if is_narrowed else list(outcomes()[: MOST_OUTCOMES + 1])
    for project in page.object_list:
        _read(project)
    seats = list(BoardSeat.objects.select_related("body").only("side", "order", *_NAMED_BY_BODY))
    meetings = list(visible_meetings(request.user).select_related("host__body").only(*_OF_A_MEETING)[:5])
    query = request.GET.copy()
    query["format"] = "csv"
    context = {
        "page_obj": page,
        "tabs": tabs,
        "is_overdue": "overdue" in request.GET,
        "csv_url": f"?{query.urlencode()}",
        "reviews": reviews_due()[:20],
        "cases": cases_waiting().only(*_OF_A_CASE)[:20],
        "outcomes": counted[:MOST_OUTCOMES],
        "outcomes_words": _how_many(counted),
        "has_more_outcomes": len(counted) > MOST_OUTCOMES,
        "central": [seat for seat in seats if seat.side == "central"],
        "local": [seat for seat in seats if seat.side == "local"],
        "meetings": meetings,
        "proposal": next_meeting(seats, meetings[0] if meetings else None),
        "decisions": visible_decisions(request.user)[:5],
        "can_minute": can_minute(request.user),
    }
    return render(request, "steering/board.html", context)


def _narrowed(request: HttpRequest, projects: QuerySet[Project]) -> QuerySet[Project]:
    if (stage := request.GET.get("stage")) in Project.Stage.values:
        projects = projects.filter(stage=stage)
    if year := whole_number(request.GET.get("outcome", ""), most=9999):
        projects = projects.filter(outcome_of_year=year)
    if "overdue" in request.GET:
        running = projects.filter(stage__in=[Project.Stage.CO_DEVELOP, Project.Stage.LAUNCH])
        projects = projects.filter(pk__in=overdue_keys(running))
    return projects


def _tabs(request: HttpRequest, projects: QuerySet[Project]) -> list[dict]:
    """All, then each stage, with counts."""
    counts = dict(projects.order_by().values_list("stage").annotate(n=Count("pk")))
    here = request.GET.get("stage", "")
    here = here if here in Project.Stage.values else ""
    tabs: list[dict] = [{"text": "All", "href": "?", "count": sum(counts.values()), "current": not here}]
    for stage, label in Project.Stage.choices:
        tabs.append({"text": label, "href": f"?stage={stage}", "count": counts.get(stage, 0), "current": stage == here})
    return tabs


def _how_many(counted: list[Project]) -> str:
    """Six outcomes of 2014."""
    if not counted:
        return ""
    year = counted[0].outcome_of_year
    if len(counted) > MOST_OUTCOMES:
        return f"Outcomes of {year}"
    plural = "" if len(counted) == 1 else "s"
    return f"{str(apnumber(len(counted))).capitalize()} outcome{plural} of {year}"


def _read(project: Project) -> None:
    tag = freshness_tag(project)
    word, _, why = tag.text.partition(": ")
    project.fresh = {"word": word, "why": why, "colour": tag.colour}  # type: ignore[attr-defined]  # for the template
    project.next = next_decision(project)  # type: ignore[attr-defined]  # for the template


def _csv(request: HttpRequest, rows: QuerySet[Project]) -> HttpResponse:
    projects = list(with_next_decision(rows))
    for project in projects:
        _read(project)
    lines = (
        (
            project.title,
            project.get_stage_display(),
            project.lead_council or "",
            ": ".join(filter(None, (project.fresh["word"], project.fresh["why"]))),  # type: ignore[attr-defined]  # set by _read
            project.next.words,  # type: ignore[attr-defined]  # set by _read
            project.started_on,
            project.outcome_of_year,
            "yes" if project.is_illustrative else "no",
            project.source,
        )
        for project in projects
    )
    columns = (
        "Project", "Stage", "Lead", "Freshness", "Next decision", "Started", "Outcome of year", "Illustrative",
        "Source",
    )  # fmt: skip
    chosen = "; ".join(f"{key} {value}"[:80] for key, value in request.GET.items() if key != "format") or "none"
    return csv_response("The board’s portfolio", columns, lines, filters=chosen, name="portfolio")


@door(anyone)
def promises(request: HttpRequest) -> HttpResponse:
    """The board's way to what was promised and measured, with the same filters."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("assets_registry:benefits") + (f"?{query}" if query else ""))
