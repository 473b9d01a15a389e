"""The year in numbers as its page shows it: figures in words, tables whose cells lead to their rows."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from core.text import counted
from design_system.charts import Chart, columns
from portal.figures.headline import Figure
from portal.figures.queries import Period, YearInNumbers

N = "numeric"


def figures_page(year: YearInNumbers) -> dict[str, Any]:
    period = year.period
    until = "" if period.is_whole else f" up to {date_format(period.until, 'j F')}"
    return {
        "year": year,
        "period": period,
        "heading": f"{period.year} in numbers{until}",
        "headline": _headline(year),
        "delegates": _delegates(year),
        "month_columns": ["Month", ("Events", N), ("Delegates", N), ("Events so far", N), ("Delegates so far", N)],
        "month_rows": _months(year),
        "stream_columns": ["Stream", ("Events", N), ("Delegates", N)],
        "stream_rows": _streams(year),
        "feedback_columns": ["Outcome", ("Share", N), ("Said yes", N), ("Answered", N)],
        "feedback_rows": _feedback(year),
        "address": f"{reverse('figures')}?{period.query}",
    }


def _events_url(period: Period, **more: str) -> str:
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{reverse('events:list')}?when=past&{period.query}{extra}"


def _headline(year: YearInNumbers) -> list[Figure]:
    total, period = year.total, year.period
    rows = _events_url(period)
    span = f"{date_format(period.first, 'F')} to {date_format(period.until, 'j F Y' if not period.is_whole else 'F Y')}"
    people = f"Times somebody was checked in. {counted(total.people, 'different person', 'different people')} from "
    outcomes = year.outcomes
    return [
        Figure(
            f"{total.events:,}",
            f"event{'' if total.events == 1 else 's'} held",
            f"In three streams, {span}. Cancelled ones are not counted.",
            rows,
        ),
        Figure(f"{total.delegates:,}", "delegates", f"{people}{counted(total.councils, 'council')}.", rows),
        Figure(
            f"{outcomes:,}",
            "outcome" if outcomes == 1 else "outcomes",
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
                (date_format(step.month, "F"), up_to),
                f"{step.events:,}",
                f"{step.delegates:,}",
                f"{step.events_so_far:,}",
                f"{step.delegates_so_far:,}",
            ]
        )
    return rows


def _delegates(year: YearInNumbers) -> Chart:
    """Delegates so far, month by month; the table below it has the numbers."""
    rows = [(f"{step.month:%b}", step.delegates_so_far) for step in year.steps]
    title = f"Delegates so far, month by month: {rows[-1][1]:,} by the end" if rows else "Delegates so far"
    return columns("delegates", rows, title=title, of="Month", counts="Delegates so far")


def _streams(year: YearInNumbers) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [(stream.name, _events_url(year.period, stream=stream.value)), f"{stream.events:,}", f"{stream.delegates:,}"]
        for stream in year.streams
    ]
    total = [("All streams", _events_url(year.period)), f"{year.total.events:,}", f"{year.total.delegates:,}"]
    return [*rows, total]


def _feedback(year: YearInNumbers) -> list[list[Any]]:
    if year.feedback is None:
        return []
    return [
        [
            capfirst(outcome.words),
            f"{outcome.share.percentage:.0f}%",
            f"{outcome.share.count:,}",
            f"{outcome.share.base:,}",
        ]
        for outcome in year.feedback.outcomes
        if outcome.share.percentage is not None
    ]
