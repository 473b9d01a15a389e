"""The page of a year in numbers, and its table as a file."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst

from core.pagination import page_of
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, table_response, wants_table
from portal.figures.forms import PeriodForm
from portal.figures.page import figures_page
from portal.figures.queries import YearInNumbers, outcomes_of, read_period, unused_of, year_in_numbers

Row = Sequence[object]
COLUMNS = ("Month", "Events", "Delegates", "Events so far", "Delegates so far", MADE_UP)


@allow(anyone)
def figures(request: HttpRequest) -> HttpResponseBase:
    """The year in numbers; every number links to its rows."""
    period = read_period(request.GET)
    strange = unused_of(request.GET, period)
    year = year_in_numbers(period)
    if wants_table(request):
        if table := _table(year, request.GET.get("table", "months"), strange):
            return table_response(request, table)
        raise Http404
    outcomes = page_of(request, outcomes_of(period))
    context = {"form": PeriodForm(period), "strange": strange, "page_obj": outcomes, **figures_page(year)}
    return render(request, "portal/figures/year.html", context)


def _table(year: YearInNumbers, name: str, strange: list[str]) -> Table | None:
    """One of the page's tables as a file, marked as made up where its events are; None where it has no such table."""
    period = year.period
    if name not in TABLES:
        return None
    words, columns, rows = TABLES[name]
    said = [f"year: {period.year}", f"as at: {period.until.isoformat()}"]
    return Table(
        name=f"figures-{period.year}" if name == "months" else f"figures-{period.year}-{name}",
        title=f"{period.year} in numbers" if name == "months" else f"{period.year} in numbers, {words}",
        columns=columns,
        rows=rows(year),
        filters="; ".join([*said, *(f"not understood: {words}" for words in strange)]),
    )


def _months(year: YearInNumbers) -> list[Row]:
    return [
        (f"{s.month:%Y-%m}", s.events, s.delegates, s.events_so_far, s.delegates_so_far, s.made_up) for s in year.steps
    ]


def _streams(year: YearInNumbers) -> list[Row]:
    return [(s.name, s.events, s.delegates, s.councils, s.made_up) for s in year.streams]


def _types(year: YearInNumbers) -> list[Row]:
    return [(group.name, group.delegates, group.councils, year.made_up) for group in year.attended.by_type]


def _regions(year: YearInNumbers) -> list[Row]:
    return [(group.name, group.delegates, group.councils, year.made_up) for group in year.attended.by_region]


def _outcomes(year: YearInNumbers) -> list[Row]:
    """What people said, with its base; nothing where the page shows nothing."""
    if year.feedback is None:
        return []
    made_up = "yes" if year.feedback.is_illustrative else "no"
    return [
        (capfirst(each.words), each.share.rounded(0).with_unit, each.share.count, each.share.base, made_up)
        for each in year.feedback.outcomes
    ]


TABLES: dict[str, tuple[str, tuple[str, ...], Callable[[YearInNumbers], list[Row]]]] = {
    "months": ("month by month", COLUMNS, _months),
    "streams": ("by stream", ("Stream", "Events", "Delegates", "Councils", MADE_UP), _streams),
    "types": ("by type of organisation", ("Type", "Delegates", "Councils", MADE_UP), _types),
    "regions": ("by region", ("Region", "Delegates", "Councils", MADE_UP), _regions),
    "feedback": ("what people said", ("Outcome", "Share", "Said yes", "Answered", MADE_UP), _outcomes),
}
