"""The page of the campaign's reach, its file and its dictionary, and the form in which a number is entered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.months import months_after
from core.permissions import allow, anyone
from core.tables import LICENCE, MADE_UP, Table, made_up_cell, table_response, wants_table
from core.words import month_in_words, plain
from design_system import lines
from design_system.charts import Chart, columns
from kpis.reach.forms import ReachForm
from kpis.reach.models import ReachMetric
from kpis.reach.operations import enter_reach
from kpis.reach.permissions import NOT_YOURS, can_enter_reach
from kpis.reach.queries import Reached, ReachSeries, reach_series

DRAWN = 12  # of the latest numbers
COLUMNS = (
    "Metric",
    "Kind",
    "Unit",
    "Day",
    "Number",
    "More than this",
    "Approximate",
    "Definition",
    "Source",
    "Note",
    MADE_UP,
)
DICTIONARY = (
    ("Metric", "What is counted. Different ones count different things: never add them up"),
    ("Kind", "“In a month”, or “In total until a day”"),
    ("Unit", "What one of it is. None is a person"),
    ("Day", "The first day of the month, or the day until which a total was counted; year-month-day"),
    ("Number", "As the source gives it"),
    ("More than this", "“yes” where the source says “over”"),
    ("Approximate", "“yes” where what is counted can only be counted roughly"),
    ("Definition", "How it is counted, and what it leaves out"),
    ("Source", "Who says so; empty only for what is made up"),
    ("Note", "What else one must know to read the number"),
    (MADE_UP, "“yes” where the row was made up to show how the portal works"),
)


@allow(anyone)
@require_safe
def reach(request: HttpRequest) -> HttpResponseBase:
    """Every metric with its definition, its latest number and its series."""
    every = reach_series()
    if wants_table(request):
        return table_response(request, _table(every))
    context = {
        "every": [_shown(series) for series in every],
        "contents": [(series.metric.slug, series.metric.name) for series in every],
        "may_enter": can_enter_reach(request.user),
        "dictionary_columns": ["Column", "What it says"],
        "dictionary": DICTIONARY,
        "licence": LICENCE,
        "address": reverse("kpis:reach"),
    }
    return render(request, "kpis/reach/detail.html", context)


@allow(can_enter_reach, because=NOT_YOURS)
def enter(request: SignedInRequest) -> HttpResponse:
    """Enter the number of a month, or of a total."""
    form = ReachForm(posted(request))
    done = answered(request, form, lambda *, metric, **more: enter_reach(metric, **more), said="Entered.", to=_back)
    return done or render(request, "kpis/reach/enter.html", {"form": form})


def _back(value: Any) -> str:
    return f"{reverse('kpis:reach')}#{value.metric.slug}"


def _shown(series: ReachSeries) -> dict[str, Any]:
    return {
        "metric": series.metric,
        "latest": series.latest,
        "chart": _drawn(series) if len(series.numbers) > 1 else None,
        "columns": ["For", (series.metric.unit.capitalize(), "numeric"), "Source"],
        "rows": [[each.when, each.number, _origin(each)] for each in reversed(series.numbers)],
    }


def _origin(each: Reached) -> Any:
    source = lines.origin(each.value) if each.value.is_illustrative else each.value.source
    return lines.noted(source, each.value.note)


def _drawn(series: ReachSeries) -> Chart:
    """The latest numbers as columns, in the order of time; a month of which none is known has no column and says so."""
    metric, last = series.metric, series.numbers[-DRAWN:]
    days = [each.value.day for each in last]
    if metric.kind == ReachMetric.Kind.MONTHLY:
        months = (months_after(days[-1], place - DRAWN + 1) for place in range(DRAWN))
        days = [month for month in months if month >= days[0]]
    numbers = {each.value.day: each.value.number for each in last}
    last = [each for each in last if each.value.day in days]
    rows = [(month_in_words(day, with_year=False, in_short=True), numbers.get(day)) for day in days]
    of = "Month" if metric.kind == ReachMetric.Kind.MONTHLY else "Until"
    name = f"{metric.name}, approximate" if metric.is_approximate else metric.name
    title = f"{name}, {last[0].when} to {last[-1].when.removeprefix('until ')}"
    if any(each.value.is_illustrative for each in last):
        title += ", illustrative" if all(each.value.is_illustrative for each in last) else ", illustrative in part"
    exact = {each.value.number for each in last if not each.value.is_at_least}
    say = {number: f"over {plain(number)}" for number in numbers.values() if number not in exact}
    return columns(
        metric.slug,
        rows,
        title=title,
        of=of,
        counts=metric.unit.capitalize(),
        say=lambda number: say.get(int(number)) or plain(number),
    )


def _table(every: list[ReachSeries]) -> Table:
    return Table(
        name="reach",
        title="How far the campaign reaches. Different metrics are never added up, and none counts people.",
        columns=COLUMNS,
        rows=[
            (
                series.metric.name,
                series.metric.get_kind_display(),
                series.metric.unit,
                each.value.day,
                each.value.number,
                _yes(each.value.is_at_least),
                _yes(series.metric.is_approximate),
                series.metric.definition,
                each.value.source,
                each.value.note,
                made_up_cell(each.value),
            )
            for series in every
            for each in series.numbers
        ],
    )


def _yes(said: bool) -> str:
    return "yes" if said else "no"
