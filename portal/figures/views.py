"""The page of a year in numbers and that of one outcome, and their tables as files."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

from core.pagination import page_of
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, table_response, wants_table
from events.models import Feedback
from events.places.attended import COUNTS, Group
from portal.figures.forms import PeriodForm
from portal.figures.outcome import outcome_page, outcome_table
from portal.figures.page import figures_page, source_of
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


@allow(anyone)
def outcome(request: HttpRequest, name: str) -> HttpResponseBase:
    """One of the seven outcomes of a year: the events whose answers it counts, as each one's own page shows them."""
    period = read_period(request.GET)
    year = year_in_numbers(period)
    said = next((each for each in (year.feedback.outcomes if year.feedback else ()) if each.name == name), None)
    if name not in Feedback.OUTCOMES or (said is None and wants_table(request)):
        raise Http404
    if said is not None and wants_table(request):
        return table_response(request, outcome_table(said, year))
    context = {
        "year": year,
        "words": capfirst(Feedback.words_for(name)),
        "year_url": f"{reverse('figures')}?year={period.year}",
    }
    return render(request, "portal/figures/outcome.html", context | (outcome_page(said, year) if said else {}))


def _table(year: YearInNumbers, name: str, strange: list[str]) -> Table | None:
    """One of the page's tables as a file, marked as made up where its events are; None where it has no such table."""
    period = year.period
    if name not in TABLES:
        return None
    words, columns, rows = TABLES[name]
    said = [f"year: {period.year}", f"as at: {period.as_at.isoformat()}"]
    return Table(
        name=f"figures-{period.year}" if name == "months" else f"figures-{period.year}-{name}",
        title=f"{period.year} in numbers" if name == "months" else f"{period.year} in numbers, {words}",
        columns=columns,
        rows=rows(year),
        filters="; ".join([*said, *(f"not understood: {words}" for words in strange), f"source: {source_of(year)}"]),
    )


def _months(year: YearInNumbers) -> list[Row]:
    return [
        (f"{s.month:%Y-%m}", s.events, s.delegates, s.events_so_far, s.delegates_so_far, s.made_up) for s in year.steps
    ]


def _streams(year: YearInNumbers) -> list[Row]:
    rows = [(s.group.name, s.events, *s.group.cells, s.made_up) for s in year.streams]
    return [*rows, ("All streams", year.total.events, *year.total.cells, year.made_up)]


def _of_groups(groups: Sequence[Group], year: YearInNumbers) -> list[Row]:
    rows = [(group.name, *group.cells, year.made_up) for group in groups]
    return [*rows, ("All together", *year.total.cells, year.made_up)]


def _types(year: YearInNumbers) -> list[Row]:
    return _of_groups(year.attended.by_type, year)


def _regions(year: YearInNumbers) -> list[Row]:
    return _of_groups(year.attended.by_region, year)


def _outcomes(year: YearInNumbers) -> list[Row]:
    """What people said, with its base; nothing where the page shows nothing."""
    if year.feedback is None:
        return []
    made_up = "yes" if year.feedback.is_illustrative else "no"
    return [
        (capfirst(each.words), each.share.rounded(0).with_unit, each.share.count, each.share.base, made_up)
        for each in year.feedback.outcomes
    ]


def _blocks(year: YearInNumbers) -> list[Row]:
    removed = year.blocks
    if removed is None:
        return []
    return [(removed.blocks, removed.days_open, removed.councils, "yes" if removed.is_illustrative else "no")]


TABLES: dict[str, tuple[str, tuple[str, ...], Callable[[YearInNumbers], list[Row]]]] = {
    "months": ("month by month", COLUMNS, _months),
    "streams": ("by stream", ("Stream", "Events", *COUNTS, MADE_UP), _streams),
    "types": ("by type of organisation", ("Type", *COUNTS, MADE_UP), _types),
    "regions": ("by region", ("Region", *COUNTS, MADE_UP), _regions),
    "blocks": ("blocks removed", ("Blocks removed", "Days open, median", "Councils that waited", MADE_UP), _blocks),
    "feedback": ("what people said", ("Outcome", "Share", "Said yes", "Answered", MADE_UP), _outcomes),
}
