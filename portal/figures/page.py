"""The context of the year in numbers: figures in words, and tables whose cells link to their rows."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from core.figures import Figure
from core.words import counted, day_in_words, month_in_words, one_or_many
from design_system.charts import Chart, bars, columns
from events.places.attended import Group
from portal.figures.headline import Headline
from portal.figures.queries import Period, YearInNumbers

N = "numeric"
PEOPLE_ARE = (
    "Somebody who came to several events of the year is one of its different people, also once names are deleted, 12 "
    "months after each event. For a stream, a type or a region only delegates and councils can be told apart."
)


def figures_page(year: YearInNumbers) -> dict[str, Any]:
    period = year.period
    until = "" if period.is_whole else f" up to {day_in_words(period.until, with_year=False)}"
    return {
        "year": year,
        "period": period,
        "heading": f"{period.year} in numbers{until}",
        "headline": _headline(year),
        "delegates": _delegates(year),
        "month_columns": ["Month", ("Events", N), ("Delegates", N), ("Events so far", N), ("Delegates so far", N)],
        "month_rows": _months(year),
        "stream_columns": ["Stream", ("Events", N), ("Delegates", N), ("Councils", N)],
        "stream_rows": _streams(year),
        "type_columns": ["Type", ("Delegates", N), ("Councils", N)],
        "type_rows": _groups(year.attended.by_type, year),
        "by_type": _types(year),
        "region_columns": ["Region", ("Delegates", N), ("Councils", N)],
        "region_rows": _groups(year.attended.by_region, year),
        "feedback_columns": ["Outcome", ("Share", N), ("Said yes", N), ("Answered", N)],
        "feedback_rows": _feedback(year),
        "address": f"{reverse('figures')}?{period.query}",
        "feedback_address": f"{reverse('figures')}?{period.query}&table=feedback",
        "as_at_words": f"Counted up to {day_in_words(period.until)}, from check-ins. {PEOPLE_ARE}",
    }


def _events_url(period: Period, **more: str) -> str:
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{reverse('events:list')}?when=past&{period.query}{extra}"


def _headline(year: YearInNumbers) -> list[Headline]:
    total, period = year.total, year.period
    rows = _events_url(period)
    end = month_in_words(period.until) if period.is_whole else day_in_words(period.until)
    span = f"{month_in_words(period.first, with_year=False)} to {end}"
    people = f"Times somebody was checked in. {counted(total.people, 'different person', 'different people')} from "
    outcomes = year.outcomes
    return [
        Headline(
            Figure(total.events),
            one_or_many(total.events, "event held", "events held"),
            f"In three streams, {span}. Cancelled ones are not counted.",
            rows,
        ),
        Headline(Figure(total.delegates), "delegates", f"{people}{counted(total.councils, 'council')}.", rows),
        Headline(
            Figure(outcomes),
            one_or_many(outcomes, "outcome"),
            f"Projects counted among the outcomes of {period.year}.",
            f"{reverse('projects:projects')}?outcome={period.year}",
        ),
    ]


def _months(year: YearInNumbers) -> list[list[Any]]:
    rows = []
    for step in year.steps:
        up_to = f"{reverse('figures')}?year={year.period.year}&as_at={min(step.ends, year.period.until).isoformat()}"
        rows.append(
            [
                (month_in_words(step.month, with_year=False), up_to),
                f"{step.events:,}",
                f"{step.delegates:,}",
                f"{step.events_so_far:,}",
                f"{step.delegates_so_far:,}",
            ]
        )
    return rows


def _delegates(year: YearInNumbers) -> Chart:
    """The line chart of delegates by month, cumulated."""
    rows = [(month_in_words(step.month, with_year=False, in_short=True), step.delegates_so_far) for step in year.steps]
    title = f"Delegates so far, month by month: {rows[-1][1]:,} by the end" if rows else "Delegates so far"
    return columns("delegates", rows, title=title, of="Month", counts="Delegates so far")


def _streams(year: YearInNumbers) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [
            (stream.name, _events_url(year.period, stream=stream.value)),
            f"{stream.events:,}",
            f"{stream.delegates:,}",
            f"{stream.councils:,}",
        ]
        for stream in year.streams
    ]
    total = year.total
    numbers = (f"{number:,}" for number in (total.events, total.delegates, total.councils))
    return [*rows, [("All streams", _events_url(year.period)), *numbers]]


def _groups(groups: list[Group], year: YearInNumbers) -> list[list[Any]]:
    """A row for each group and one for all; a council that came to several events is one."""
    rows = [[group.name, f"{group.delegates:,}", f"{group.councils:,}"] for group in groups]
    return [*rows, ["All together", f"{year.total.delegates:,}", f"{year.total.councils:,}"]]


def _types(year: YearInNumbers) -> Chart:
    """The bar chart of delegates by type of organisation."""
    rows = [(group.name, group.delegates) for group in year.attended.by_type]
    title = f"Delegates by type of organisation: {year.total.delegates:,} together"
    return bars("types-drawn", rows, title=title, of="Type", counts="Delegates")


def _feedback(year: YearInNumbers) -> list[list[Any]]:
    if year.feedback is None:
        return []
    return [
        [
            capfirst(outcome.words),
            outcome.share.rounded(0).with_unit,
            f"{outcome.share.count:,}",
            f"{outcome.share.base:,}",
        ]
        for outcome in year.feedback.outcomes
    ]
