"""The four tiles of a service's page: each number, how it is made up, what it was before, and its trend."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.words import counted
from design_system.charts import Chart
from design_system.trends import trend
from kpis.indicators.quarters import quarter_before, quarter_in_words
from kpis.indicators.worked_out import INDICATORS, NOT_COLLECTED, Indicator
from kpis.services.published import YEAR, Numbers, PublishedFigures, QuarterLine

NOT_PUBLISHED = "Not published"


@dataclass(frozen=True)
class IndicatorTile:
    """One indicator of a service, as its tile says it."""

    key: str
    name: str
    number: str
    notes: Sequence[str]
    chart: Chart | None = None
    shows_table: bool = False  # of the chart, where no other table of the page has its numbers

    @property
    def is_known(self) -> bool:
        return self.number not in (NOT_COLLECTED, NOT_PUBLISHED)

    @property
    def note(self) -> str:
        return " ".join(self.notes)


def tiles_of_all(found: PublishedFigures) -> list[IndicatorTile]:
    """The tiles of all councils: sums of one quarter with their base, compared over the same councils alone."""
    head = found.head
    if head is None:
        return _not_published()
    return [_of_all(each, found, head) for each in INDICATORS]


def tiles_of_one(lines: Sequence[QuarterLine], found: PublishedFigures, *, sees_all: bool) -> list[IndicatorTile]:
    """The tiles of one council: its latest quarter, beside its own a year before.

    Where there is none, a reader who does not see all is told only that nothing is published.
    """
    if not lines:
        return _not_returned() if sees_all else _not_published()
    return [_of_one(each, lines, found) for each in INDICATORS]


def _not_published() -> list[IndicatorTile]:
    said = ["No figures of it are published here."]
    return [IndicatorTile(each.key, each.name, NOT_PUBLISHED, said) for each in INDICATORS]


def _not_returned() -> list[IndicatorTile]:
    return [IndicatorTile(each.key, each.name, NOT_COLLECTED, [f"{each.missing}."]) for each in INDICATORS]


def _of_all(each: Indicator, found: PublishedFigures, head: QuarterLine) -> IndicatorTile:
    if not head.councils[each.key]:
        said = f"None of {counted(head.publish, 'council')} that {_publish(head.publish)} counts it."
        return IndicatorTile(each.key, each.name, NOT_COLLECTED, [f"{each.missing}.", said])
    count = head.councils[each.key]
    of = f"Of {counted(count, 'council')}." if count == head.publish else f"Of {count} of {head.publish} councils."
    notes = [f"{each.sentence(head.numbers[each.key])}. {each.scope}.", of]
    for past, words in _before(head.quarter):
        if same := found.of_the_same(each, (past, head.quarter)):
            was, now = (each.said(each.figure(same.numbers[day])) for day in (past, head.quarter))
            who = "the same council" if same.councils == 1 else f"the same {same.councils} councils"
            still = "" if same.councils == count else f", {now} now"
            notes.append(f"{was} {words}{still}: {who}.")
            break
    chart = _trend_of_all(each, found, head)
    return IndicatorTile(each.key, each.name, head.said(each.key), notes + _flag(head, each), chart, shows_table=True)


def _trend_of_all(each: Indicator, found: PublishedFigures, head: QuarterLine) -> Chart | None:
    """The quarters that half as many councils published as the last, over the councils that are in all of them."""
    shown = [day for day in _drawn_until(head.quarter) if 2 * len(found.by_quarter.get(day, ())) >= head.publish]
    same = found.of_the_same(each, shown)
    if len(shown) < 2 or same is None:
        return None
    who = counted(same.councils, "council")
    return _trend(each, shown, same.numbers, f"{each.name}, {who} with figures of all these quarters")


def _of_one(each: Indicator, lines: Sequence[QuarterLine], found: PublishedFigures) -> IndicatorTile:
    now, by_quarter = lines[0], {line.quarter: line for line in lines}
    notes = [f"{each.sentence(now.numbers[each.key])}. {each.scope}."]
    if now.said(each.key) == NOT_COLLECTED:
        notes = [f"{each.missing}."]
        others = next((line for line in found.lines if line.quarter == now.quarter), None)
        if others and (count := others.councils[each.key]):
            verb = "counts" if count == 1 else "count"
            notes.append(f"{count} of {others.publish} councils that {_publish(others.publish)} {verb} it.")
    else:
        for past, words in _before(now.quarter):
            was = by_quarter[past].said(each.key) if past in by_quarter else NOT_COLLECTED
            if was != NOT_COLLECTED:
                notes.append(f"{was} {words}.")
                break
    shown = [day for day in _drawn_until(now.quarter) if day in by_quarter]
    chart = _trend(each, shown, {day: by_quarter[day].numbers[each.key] for day in shown}, each.name)
    return IndicatorTile(each.key, each.name, now.said(each.key), notes + _flag(now, each), chart)


def _publish(councils: int) -> str:
    return "publishes" if councils == 1 else "publish"


def _before(quarter: dt.date) -> list[tuple[dt.date, str]]:
    """What a quarter is compared with, the better one first."""
    return [
        (quarter.replace(year=quarter.year - 1), "a year before"),
        (quarter_before(quarter), "the quarter before"),
    ]


def _drawn_until(quarter: dt.date) -> list[dt.date]:
    days = [quarter]
    while len(days) < YEAR:
        days.insert(0, quarter_before(days[0]))
    return days


def _trend(each: Indicator, days: Sequence[dt.date], numbers: Mapping[dt.date, Numbers], title: str) -> Chart | None:
    figures = [each.figure(numbers[day]) for day in days]
    points: list[tuple[str, Any]] = [
        (quarter_in_words(day, in_short=True), figure.value if figure else None)
        for day, figure in zip(days, figures, strict=True)
    ]
    said = {figure.value: each.said(figure) for figure in figures if figure}
    drawn = trend(each.key, points, title=title, of="Quarter", counts=each.name, say=said.__getitem__)
    return None if drawn.is_empty else drawn


def _flag(line: QuarterLine, each: Indicator) -> list[str]:
    words = line.flags.get(each.key, "")
    return [f"Note: {words[0].lower()}{words[1:]}."] if words else []
