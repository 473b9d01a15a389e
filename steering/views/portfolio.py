"""The whole portfolio: every filter, totals by stream, saved views, and a look at it by stage."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core import clock
from core.answering import answered, posted, pressed
from core.filters import narrowed
from core.listing import Found, find, list_as_file
from core.permissions import allow, anyone, signed_in
from core.tables import wants_table
from core.words import counted
from events.models import Event
from projects.models import Project
from projects.portfolio.models import freshness_now
from projects.portfolio.permissions import visible_projects
from projects.portfolio.standing import standings
from steering import operations
from steering.forms import ViewNameForm
from steering.lanes import GATES, STEPS, gate_of
from steering.lists import WHOLE_PORTFOLIO, portfolio_before
from steering.models import SavedView
from steering.queries import NO_EVENT, in_board_order, waiting_for_the_board, with_next_decision
from steering.views.board import row_of

MOST_CARDS = 12  # of a stage


@allow(anyone)
@require_safe
def portfolio(request: HttpRequest) -> HttpResponseBase:
    """All projects as the table of the board's page, or as a file."""
    if wants_table(request):
        return list_as_file(request, WHOLE_PORTFOLIO)
    freshness = cache(freshness_now)  # which two parts of the page ask for
    waiting = waiting_for_the_board(visible_projects(request.user), freshness=freshness)
    found = find(portfolio_before(waiting, WHOLE_PORTFOLIO, freshness=freshness), request)
    standing = standings(list(found.page.object_list))
    context = {
        "found": found,
        "page_obj": found.page,
        "rows": [row_of(project, standing, request.user) for project in found.page.object_list],
        "here": request.get_full_path(),
        "tabs": _tabs(found),
        "filter_words": f"Filters ({found.asked.count})" if found.asked.count else "Filters",
        "totals": {"projects": _how_many(found)},
        "stream_columns": ["Stream", ("Projects", "numeric")],
        "streams": _streams(found),
        "key": {"steps": STEPS.items(), "gates": GATES.items()},
        "today": clock.today(),
        "query": found.address.removeprefix("?"),
        "views": _views(request),
    }
    return render(request, "steering/portfolio.html", context)


def _how_many(found: Found) -> str:
    of = counted(found.counts.every, "project")
    return f"{found.counts.found} of {of}" if found.asked.chosen else of


def _with(found: Found, name: str, value: str = "") -> str:
    """The address of the same list with one value of a field, or with none of it."""
    query = QueryDict(found.address.removeprefix("?"), mutable=True)
    query.setlist(name, [value] if value else [])
    return f"?{query.urlencode()}"


def _tabs(found: Found) -> list[dict[str, Any]]:
    """The tabs: all stages, then each, with counts under the other filters."""
    counts = {option.value: option.count for option in found.counts.options["stage"]}
    here = found.asked.value("stage")
    tabs = [{"text": "All", "href": _with(found, "stage"), "count": sum(counts.values()), "current": not here}]
    for stage, label in Project.Stage.choices:
        href, number = _with(found, "stage", stage), counts.get(stage, 0)
        tabs.append({"text": label, "href": href, "count": number, "current": stage == here})
    return tabs


def _streams(found: Found) -> list[list[Any]]:
    """How many of the projects each stream led to, and those to which no event did; they sum to all together."""
    counts = {option.value: option.count for option in found.counts.options["stream"]}
    names = [*Event.Stream.choices, (NO_EVENT, "No event on record")]
    rows: list[list[Any]] = [
        [(label, _with(found, "stream", value)), str(counts.get(value, 0))] for value, label in names
    ]
    return [*rows, [("All together", _with(found, "stream")), str(sum(counts.values()))]]


def _views(request: HttpRequest) -> list[SavedView]:
    return list(SavedView.objects.filter(person=request.user)) if request.user.is_authenticated else []


@allow(anyone)
@require_safe
def portfolio_by_stage(request: HttpRequest) -> HttpResponse:
    """The projects that an address leaves as cards, in a column for each stage: the first, and the way to all."""
    asked = WHOLE_PORTFOLIO.read(request.GET)
    projects = visible_projects(request.user)
    rows = narrowed(projects, WHOLE_PORTFOLIO.fields, asked.chosen)
    waiting = waiting_for_the_board(projects)
    columns = []
    for stage, label in Project.Stage.choices:
        of_stage = in_board_order(rows.filter(stage=stage), waiting)
        shown = list(with_next_decision(of_stage)[:MOST_CARDS])
        standing = standings(shown)
        cards = [(project, standing[project.pk], gate_of(project)) for project in shown]
        number = of_stage.order_by().count()
        query = QueryDict(asked.address().removeprefix("?"), mutable=True)
        query["stage"] = stage
        columns.append(
            {
                "label": label,
                "cards": cards,
                "number": number,
                "href": f"{reverse('steering:portfolio')}?{query.urlencode()}" if number > len(cards) else "",
            }
        )
    context = {"columns": columns, "asked": asked, "today": clock.today()}
    return render(request, "steering/portfolio_by_stage.html", context)


@allow(signed_in)
def view_save(request: SignedInRequest) -> HttpResponse:
    """Save the view of the portfolio that the address holds."""
    asked = WHOLE_PORTFOLIO.read(request.GET)
    query = asked.address().removeprefix("?")
    if not query:
        return redirect("steering:portfolio")
    labels = [each["label"] for each in asked.removable]
    form = ViewNameForm(posted(request), initial={"name": ", ".join(map(str, labels))[:80]})
    to = f"{reverse('steering:portfolio')}?{query}"
    done = answered(request, form, operations.save_view, query, said=_saved, to=to)
    return done or render(request, "steering/view_save.html", {"form": form, "labels": labels, "back": to})


def _saved(view: SavedView) -> str:
    return f"“{view}” is saved. You find it above the portfolio."


@allow(signed_in)
@require_POST
def view_delete(request: SignedInRequest, key: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=key, person=request.user)
    return pressed(request, operations.delete_view, view, said=f"“{view}” is deleted.", to="steering:portfolio")
