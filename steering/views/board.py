"""The board's page: the next meeting, what waits, what changed, the portfolio, the roster."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import AnyUser
from core import clock
from core.listing import Found, find, list_as_file, memory
from core.permissions import allow, anyone
from core.tables import wants_table
from core.words import counted
from projects.models import Project
from projects.portfolio.permissions import visible_projects
from steering.lanes import GATES, STEPS, cells_of
from steering.lists import PORTFOLIO, portfolio_before
from steering.models import BoardSeat
from steering.permissions import can_minute, sits_on_board, visible_decisions, visible_meetings
from steering.queries import (
    changes_since,
    next_decision,
    rating,
    waiting_for_the_board,
)
from steering.views.meetings import around_the_next_meeting

LATEST = 3  # meetings and decisions
_STEPS = {"co_develop": "at step 3", "launch": "at step 4", "finished": "finished", "stopped": "stopped"}
_RATINGS = {"fresh": "green", "due": "amber", "overdue": "red", "history": "not rated"}
# The columns that the page shows of a body and of a meeting.
_NAMED_BY_BODY = ("body__name", "body__official_name", "body__slug")
_OF_A_MEETING = ("day", "place", "source", "is_illustrative", "host__side", "host__order", "host__body__name")


@allow(anyone)
def board(request: HttpRequest) -> HttpResponseBase:
    """The board's page, or the portfolio as a file."""
    if wants_table(request):
        return list_as_file(request, PORTFOLIO)
    around = _around(request.user)
    found = find(portfolio_before(around["waiting"]), request)
    context = {
        **around,
        "found": found,
        "page_obj": found.page,
        "rows": [_row(project) for project in found.page.object_list],
        "tabs": _tabs(found),
        "filters": _filters(found),
        "totals": _totals(found),
        "key": {"steps": STEPS.items(), "gates": GATES.items()},
        "today": clock.today(),
        "can_minute": can_minute(request.user),
    }
    return render(request, "steering/board.html", context)


def _around(user: AnyUser) -> dict[str, Any]:
    """The context apart from the portfolio; for people not signed in remembered until content or day change."""
    if user.is_authenticated:
        return _read_around(user)
    return memory.remembered(("around the portfolio", clock.today()), lambda: _read_around(user))


def _read_around(user: AnyUser) -> dict[str, Any]:
    projects = visible_projects(user)
    sees_people = can_minute(user) or sits_on_board(user)
    seats = list(
        BoardSeat.objects.as_at().select_related("body", "representative")
        if sees_people
        else BoardSeat.objects.as_at().select_related("body").only("side", "order", *_NAMED_BY_BODY)
    )
    meetings = list(visible_meetings(user).held().select_related("host__body").only(*_OF_A_MEETING)[:LATEST])
    last = meetings[0] if meetings else None
    return {
        "waiting": waiting_for_the_board(projects),
        "changes": changes_since(projects, last),
        "sees_people": sees_people,
        "central": [seat for seat in seats if seat.side == "central"],
        "local": [seat for seat in seats if seat.side == "local"],
        "meetings": meetings,
        **around_the_next_meeting(user, last, seats),
        "decisions": list(visible_decisions(user)[:LATEST]),
    }


def _row(project: Project) -> dict:
    comes = next_decision(project)
    # Told history has no next decision, unless a review of it is due.
    return {
        "project": project,
        "cells": cells_of(project),
        "rating": rating(project),
        "next": comes if comes.url or not project.is_history else None,
    }


def _tabs(found: Found) -> list[dict]:
    """The tabs: all projects, then each stage, with counts."""
    counts = _counts(found, "stage")
    here = found.asked.value("stage")
    tabs: list[dict] = [{"text": "All", "href": "?", "count": sum(counts.values()), "current": not here}]
    for stage, label in Project.Stage.choices:
        tabs.append({"text": label, "href": f"?stage={stage}", "count": counts.get(stage, 0), "current": stage == here})
    return tabs


def _counts(found: Found, field: str) -> dict[str, int]:
    """The count of each value of a facet."""
    return {option.value: option.count for option in found.counts.options[field]}


def _filters(found: Found) -> list[dict[str, str]]:
    """Links that filter the whole portfolio: late updates, the outcomes of each year; none while it is filtered."""
    if found.asked.chosen:
        return []
    late = _counts(found, "freshness").get(Project.Freshness.OVERDUE, 0)
    filters = [{"words": f"Only those whose update is late ({late})", "href": "?overdue=1"}] if late else []
    for year, number in _counts(found, "outcome").items():
        filters.append({"words": f"Only the {counted(number, 'outcome')} of {year}", "href": f"?outcome={year}"})
    return filters


def _totals(found: Found) -> dict[str, str]:
    """Totals in words, as `2 of 8 projects`; of the whole portfolio also by step and by rating."""
    of = counted(found.counts.every, "project")
    if found.asked.chosen:
        return {"projects": f"{found.counts.found} of {of}"}
    return {
        "projects": of,
        "steps": _listed(_counts(found, "stage"), _STEPS),
        "ratings": _listed(_counts(found, "freshness"), _RATINGS),
    }


def _listed(counts: dict[str, int], words: dict[str, str]) -> str:
    return ", ".join(f"{counts[value]} {word}" for value, word in words.items() if counts.get(value))


@allow(anyone)
def promises(request: HttpRequest) -> HttpResponse:
    """Redirect to the list of benefits, with the same filters."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("take_up:benefits") + (f"?{query}" if query else ""))
