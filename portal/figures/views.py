"""The page of a year in numbers, and its table as a file."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.pagination import page_of
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, table_response, wants_table
from portal.figures.forms import PeriodForm
from portal.figures.page import figures_page
from portal.figures.queries import YearInNumbers, outcomes_of, read_period, unused_of, year_in_numbers

COLUMNS = ("Month", "Events", "Delegates", "Events so far", "Delegates so far", MADE_UP)


@allow(anyone)
def figures(request: HttpRequest) -> HttpResponseBase:
    """The year in numbers; every number links to its rows."""
    period = read_period(request.GET)
    strange = unused_of(request.GET, period)
    year = year_in_numbers(period)
    if wants_table(request):
        return table_response(request, _table(year, strange))
    outcomes = page_of(request, outcomes_of(period))
    context = {"form": PeriodForm(period), "strange": strange, "page_obj": outcomes, **figures_page(year)}
    return render(request, "portal/figures/year.html", context)


def _table(year: YearInNumbers, strange: list[str]) -> Table:
    """The file's table: a row for each month, marked as made up where its events are."""
    period = year.period
    said = [f"year: {period.year}", f"as at: {period.until.isoformat()}"]
    return Table(
        name=f"figures-{period.year}",
        title=f"{period.year} in numbers",
        columns=COLUMNS,
        rows=[
            (f"{s.month:%Y-%m}", s.events, s.delegates, s.events_so_far, s.delegates_so_far, s.made_up)
            for s in year.steps
        ],
        filters="; ".join([*said, *(f"not understood: {words}" for words in strange)]),
    )
