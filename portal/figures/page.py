"""The context of the year in numbers: figures in words, and tables whose cells link to their rows."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from core.figures import Figure
from core.words import counted, day_in_words, month_in_words, one_or_many
from design_system import lines
from design_system.charts import Chart, bars, columns
from events.feedback.queries import Outcomes
from events.places.attended import COUNTS, WITHHELD, Group
from kpis.reach.queries import Reached, reached_between
from portal.figures.headline import Headline
from portal.figures.queries import Period, YearInNumbers

N = "numeric"
FROM_HERE = "Check-ins and feedback forms on this site"
BLOCKS = ("blocks", "Blocks removed")
REACH = ("reach", "Reach")
CONTENTS = (
    ("months", "Month by month"),
    ("streams", "By stream"),
    ("types", "By type of organisation"),
    ("regions", "By region"),
    ("feedback", "What people said"),
    ("outcomes", "Outcomes"),
    BLOCKS,
    REACH,
    ("how", "How it is counted"),
)
ONLY_OUTCOMES = tuple(each for each in CONTENTS if each[0] in {"outcomes", "blocks", "reach"})
BLOCKS_COLUMNS = (("Blocks removed", N), ("Days open, median", N), ("Councils that waited", N))
HOW = (
    "A delegate is one person checked in at one event: whoever came to three events is three delegates and one of the "
    "different people.",
    "Different people and different councils are counted anew in each group: somebody who came to events of two "
    "streams is one in each, and one of the total. So the groups may add up to more than all together.",
    "Names are deleted 12 months after each event. Who had been at an earlier event of the year, in all and in each "
    "group, is noted before, so every number here stays as it was.",
)


def figures_page(year: YearInNumbers) -> dict[str, Any]:
    period, came = year.period, year.attended
    until = "" if period.is_whole else f" up to {day_in_words(period.until, with_year=False)}"
    address = f"{reverse('figures')}?{period.query}"
    reached = reached_between(period.first, period.until)
    missing = [part for part, rows in ((BLOCKS, year.blocks), (REACH, reached)) if not rows]
    contents = CONTENTS if year.total.events else ONLY_OUTCOMES
    return {
        "year": year,
        "period": period,
        "heading": f"{period.year} in numbers{until}",
        "contents": [each for each in contents if each not in missing],
        "reach_columns": ["What was counted", ("Number", N), "For", "Source"],
        "reach_rows": [_reach(each) for each in reached],
        "blocks_columns": list(BLOCKS_COLUMNS),
        "blocks_rows": _blocks(year),
        "headline": _headline(year),
        "delegates": _delegates(year),
        "month_columns": ["Month", ("Events", N), ("Delegates", N), ("Events so far", N), ("Delegates so far", N)],
        "month_rows": _months(year),
        "stream_columns": ["Stream", ("Events", N), *_heads(COUNTS)],
        "stream_rows": _streams(year),
        "by_stream": _drawn("streams-drawn", "stream", came.by_stream, year),
        "type_columns": ["Type", *_heads(COUNTS)],
        "type_rows": _groups(came.by_type, year),
        "by_type": _drawn("types-drawn", "type of organisation", came.by_type, year),
        "region_columns": ["Region", *_heads(COUNTS)],
        "region_rows": _groups(came.by_region, year),
        "by_region": _drawn("regions-drawn", "region of the council", came.by_region, year),
        "feedback_columns": ["Outcome", *_heads(("Share", "Said yes", "Answered"))],
        "feedback_rows": _feedback(year.feedback, period),
        "feedback_events": counted(year.feedback.events, "event") if year.feedback else "",
        "address": address,
        "events_url": _events_url(period),
        "delegates_words": counted(year.total.delegates, "delegate"),
        "events_words": counted(year.total.events, "event"),
        "as_at": period.as_at,
        "sources": year.sources or [FROM_HERE],
        "how": [*HOW, *([WITHHELD] if came.withholds else [])],
    }


def source_of(year: YearInNumbers) -> str:
    """Where the rows of a year come from, in one line."""
    return "; ".join(year.sources) or FROM_HERE


def _heads(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, N) for name in names]


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
            (stream.group.name, _events_url(year.period, stream=stream.group.value)),
            *_said(stream.events, *stream.group.cells),
        ]
        for stream in year.streams
    ]
    return [*rows, [("All streams", _events_url(year.period)), *_said(year.total.events, *year.total.cells)]]


def _blocks(year: YearInNumbers) -> list[list[Any]]:
    """One row with what was removed, whose number leads to those blocks."""
    if year.blocks is None:
        return []
    rows = f"{reverse('steering:blocks')}?state=removed&{year.period.query}"
    blocks, days, councils = _said(year.blocks.blocks, year.blocks.days_open, year.blocks.councils)
    return [[(blocks, rows), days, councils]]


def _reach(reached: Reached) -> list[Any]:
    """A row of one metric, which leads to its definition; nothing adds them up."""
    source = lines.origin(reached.value) if reached.value.is_illustrative else reached.value.source
    name = (reached.metric.name, f"{reverse('kpis:reach')}#{reached.metric.slug}")
    return [name, f"{reached.number} {reached.label}", reached.when, source]


def _groups(groups: Sequence[Group], year: YearInNumbers) -> list[list[Any]]:
    """A row for each group and one for all; a council that came to several events is one."""
    rows: list[list[Any]] = [[group.name, *_said(*group.cells)] for group in groups]
    return [*rows, ["All together", *_said(*year.total.cells)]]


def _said(*values: int | str) -> list[str]:
    return [f"{value:,}" if isinstance(value, int) else value for value in values]


def _drawn(name: str, of: str, groups: Sequence[Group], year: YearInNumbers) -> Chart:
    """The bar chart of the delegates of each group."""
    rows = [(group.name, group.delegates) for group in groups]
    title = f"Delegates by {of}: {year.total.delegates:,} together"
    return bars(name, rows, title=title, of=capfirst(of), counts="Delegates")


def _feedback(said: Outcomes | None, period: Period) -> list[list[Any]]:
    """A row for each outcome; its share leads to the events whose answers it counts."""
    return [
        [
            capfirst(outcome.words),
            (outcome.share.rounded(0).with_unit, f"{reverse('outcome', args=[outcome.name])}?year={period.year}"),
            *_said(outcome.share.count, outcome.share.base),
        ]
        for outcome in (said.outcomes if said else ())
    ]
