"""The board's home: what waits, the portfolio, the roster."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.csv import wants_csv
from core.listing import Found, find
from core.permissions import anyone, door
from projects.freshness import freshness_tag
from projects.models import Project
from steering.lists import PORTFOLIO
from steering.models import BoardSeat
from steering.permissions import can_minute, visible_decisions, visible_meetings
from steering.queries import cases_waiting, next_meeting, outcomes, reviews_due
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
    if wants_csv(request):
        return PORTFOLIO.as_csv(request.user, PORTFOLIO.read(request.GET))
    found = find(PORTFOLIO, request)
    page, chosen = found.page, found.asked.chosen
    counted = [] if {"overdue", "outcome"} & set(chosen) else list(outcomes()[: MOST_OUTCOMES + 1])
    for project in page.object_list:
        _read(project)
    seats = list(BoardSeat.objects.select_related("body").only("side", "order", *_NAMED_BY_BODY))
    meetings = list(visible_meetings(request.user).select_related("host__body").only(*_OF_A_MEETING)[:5])
    context = {
        "found": found,
        "page_obj": page,
        "tabs": _tabs(found),
        "is_overdue": "overdue" in chosen,
        "csv_url": found.csv_url,
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


def _tabs(found: Found) -> list[dict]:
    """All, then each stage, with counts."""
    stages = found.counts.options["stage"]
    counts = {option.value: option.count for option in stages}
    here = found.asked.value("stage")
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


@door(anyone)
def promises(request: HttpRequest) -> HttpResponse:
    """The board's way to what was promised and measured, with the same filters."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("assets_registry:benefits") + (f"?{query}" if query else ""))
