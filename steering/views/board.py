"""The board's page: the next meeting, what waits, what changed, the portfolio, the roster."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Case
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.models import AnyUser
from core import clock
from core.listing import Found, find, list_as_file, memory
from core.permissions import allow, anyone
from core.tables import wants_table
from core.words import counted
from projects.models import Project
from projects.portfolio.models import freshness_now
from projects.portfolio.permissions import can_nudge, visible_projects
from projects.portfolio.standing import ProjectStanding, standing_of, standings
from steering.lanes import GATES, STEPS, cells_of
from steering.lists import PORTFOLIO, portfolio_before
from steering.models import BoardSeat
from steering.permissions import can_minute, sits_on_board, visible_decisions, visible_meetings
from steering.queries import (
    all_that_waits_for_the_board,
    changes_since,
    next_decision,
    ratings_of_the_living,
)
from steering.views.meetings import around_the_next_meeting

LATEST = 3  # meetings and decisions
_STEPS = {"co_develop": "at step 3", "launch": "at step 4", "finished": "finished", "stopped": "stopped"}
_RATINGS = ("green", "amber", "red")
# The columns that the page shows of a body and of a meeting.
_NAMED_BY_BODY = ("body__name", "body__official_name", "body__slug")
_OF_A_MEETING = ("day", "place", "source", "is_illustrative", "host__side", "host__order", "host__body__name")


@allow(anyone)
def board(request: HttpRequest) -> HttpResponseBase:
    """The board's page, or the portfolio as a file."""
    if wants_table(request):
        return list_as_file(request, PORTFOLIO)
    freshness = cache(freshness_now)  # which two parts of the page ask for
    around = _around(request.user, freshness)
    found = find(portfolio_before(around["waiting"], freshness=freshness), request)
    standing = _standing(request.user, found)
    context = {
        **around,
        "found": found,
        "page_obj": found.page,
        "rows": [row_of(project, standing, request.user) for project in found.page.object_list],
        "tabs": _tabs(found),
        "filters": _filters(found),
        "totals": _totals(found, standing),
        "here": request.get_full_path(),
        "key": {"steps": STEPS.items(), "gates": GATES.items()},
        "today": clock.today(),
        "can_minute": can_minute(request.user),
    }
    return render(request, "steering/board.html", context)


def _around(user: AnyUser, freshness: Callable[[], Case]) -> dict[str, Any]:
    """The context apart from the portfolio; for people not signed in remembered until content or day change."""
    if user.is_authenticated:
        return _read_around(user, freshness)
    return memory.remembered(("around the portfolio", clock.today()), lambda: _read_around(user, freshness))


def _read_around(user: AnyUser, freshness: Callable[[], Case]) -> dict[str, Any]:
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
        "waiting": all_that_waits_for_the_board(projects, freshness=freshness),
        "changes": changes_since(projects, last),
        "sees_people": sees_people,
        "central": [seat for seat in seats if seat.side == "central"],
        "local": [seat for seat in seats if seat.side == "local"],
        "meetings": meetings,
        **around_the_next_meeting(user, last, seats),
        "decisions": list(visible_decisions(user)[:LATEST]),
    }


def _standing(user: AnyUser, found: Found) -> dict[int, ProjectStanding]:
    """The standing of all that lives, which the totals count; of the page alone where the portfolio is filtered."""
    if found.asked.chosen:
        return standings(list(found.page.object_list))
    projects = visible_projects(user)
    if user.is_authenticated:
        return ratings_of_the_living(projects)
    return memory.remembered(("ratings of the portfolio", clock.today()), lambda: ratings_of_the_living(projects))


def row_of(project: Project, standing: dict[int, ProjectStanding], user: AnyUser) -> dict:
    """What the table of the portfolio shows of a project."""
    comes = next_decision(project)
    # Told history has no next decision, unless a review of it is due.
    return {
        "project": project,
        "cells": cells_of(project),
        "rating": standing.get(project.pk) or standing_of(project, None, None),
        "may_nudge": can_nudge(user, project),
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
    counts = _counts(found, "freshness")
    dormant, paused = counts.get(Project.Freshness.DORMANT, 0), counts.get(Project.Freshness.PAUSED, 0)
    late = counts.get(Project.Freshness.OVERDUE, 0) + dormant
    filters = [{"words": f"Only those whose update is late ({late})", "href": "?overdue=1"}] if late else []
    if dormant:
        filters.append({"words": f"Only the dormant ({dormant})", "href": "?freshness=dormant"})
    if paused:
        filters.append({"words": f"Only the paused ({paused})", "href": "?freshness=paused"})
    for year, number in _counts(found, "outcome").items():
        filters.append({"words": f"Only the {counted(number, 'outcome')} of {year}", "href": f"?outcome={year}"})
    return filters


def _totals(found: Found, standing: dict[int, ProjectStanding]) -> dict[str, str]:
    """Totals in words, as `2 of 8 projects`; of the whole portfolio also by step and by rating."""
    of = counted(found.counts.every, "project")
    if found.asked.chosen:
        return {"projects": f"{found.counts.found} of {of}"}
    return {
        "projects": of,
        "steps": _listed(_counts(found, "stage"), _STEPS),
        "ratings": _ratings(standing, every=found.counts.every),
    }


def _ratings(standing: dict[int, ProjectStanding], *, every: int) -> str:
    """How many have each rating, and how many none: `5 green, 2 amber, 1 red, 6 not rated`."""
    counts = Counter(each.rating for each in standing.values() if each.rating)
    counts["not rated"] = every - counts.total()
    return ", ".join(f"{counts[word]} {word}" for word in (*_RATINGS, "not rated") if counts[word])


def _listed(counts: dict[str, int], words: dict[str, str]) -> str:
    return ", ".join(f"{counts[value]} {word}" for value, word in words.items() if counts.get(value))
