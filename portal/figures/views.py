"""The page of a year in numbers, and its table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.csv import csv_response, wants_csv
from core.pagination import page_of
from core.permissions import anyone, door
from portal.figures.forms import PeriodForm
from portal.figures.page import figures_page
from portal.figures.queries import outcomes_of, read_period, unused_of, year_in_numbers

COLUMNS = ("Month", "Events", "Delegates", "Events so far", "Delegates so far")


@door(anyone)
def figures(request: HttpRequest) -> HttpResponse:
    """The year in numbers; every number leads to its rows."""
    period = read_period(request.GET)
    strange = unused_of(request.GET, period)
    year = year_in_numbers(period)
    if wants_csv(request):
        rows = ((f"{s.month:%Y-%m}", s.events, s.delegates, s.events_so_far, s.delegates_so_far) for s in year.steps)
        said = [f"year: {period.year}", f"as at: {period.until.isoformat()}"]
        asked = "; ".join([*said, *(f"not understood: {words}" for words in strange)])
        return csv_response(f"{period.year} in numbers", COLUMNS, rows, filters=asked, name=f"figures-{period.year}")
    outcomes = page_of(request, outcomes_of(period))
    context = {"form": PeriodForm(period), "strange": strange, "page_obj": outcomes, **figures_page(year)}
    return render(request, "portal/figures/year.html", context)
