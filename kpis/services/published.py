"""What all councils published of a service, quarter by quarter, as sums with their base. One query reads it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.origin import Origin, made_up
from core.words import counted
from councils.models import Service
from kpis.comparison.sums import LEAST
from kpis.indicators.models import ServiceReturn
from kpis.indicators.quarters import last_day, quarter_before
from kpis.indicators.queries import MEASURED, MOST_QUARTERS, published_of
from kpis.indicators.worked_out import BY_KEY, COST, INDICATORS, TAKE_UP, Indicator, UsualCost, flag_of, usual_cost

YEAR = 5  # quarters: a year and the one that it began with

Numbers = Mapping[str, Any]
_COUNTED = sorted({name for each in INDICATORS for name in (each.over, each.under)})


@dataclass(frozen=True)
class QuarterLine:
    """The figures of one quarter: the numbers behind each indicator, of how many councils, and what to know of it."""

    quarter: dt.date
    numbers: Mapping[str, Numbers]  # by indicator
    councils: Mapping[str, int]  # by indicator: how many have both numbers
    flags: Mapping[str, str]
    publish: int  # councils
    origins: tuple[Origin, ...] = ()  # of their returns
    one: ServiceReturn | None = None  # where it is one council's

    def said(self, key: str) -> str:
        each = BY_KEY[key]
        return each.said(each.figure(self.numbers[key], as_at=last_day(self.quarter)))

    @property
    def made_up(self) -> int:
        """How many of the returns are made up."""
        return sum(1 for each in self.origins if made_up(each))


@dataclass(frozen=True)
class SameCouncils:
    """The numbers of an indicator in several quarters, each summed over the same councils: those with both in all."""

    councils: int
    numbers: Mapping[dt.date, Numbers]


@dataclass(frozen=True)
class PublishedFigures:
    """The published returns of a service by quarter, the latest first, and by council."""

    by_quarter: Mapping[dt.date, Mapping[int, Numbers]]
    origins: Mapping[dt.date, tuple[Origin, ...]] = field(default_factory=dict)

    @cached_property
    def lines(self) -> list[QuarterLine]:
        """The quarters as sums, the latest first."""
        return [self._line(quarter) for quarter in self.by_quarter]

    @property
    def head(self) -> QuarterLine | None:
        """The quarter that stands for all councils.

        It is the latest that at least half as many councils published as the fullest of the last five, so that what a
        few returned early is not taken for all of them; fewer than ten never stand before a fuller one.
        """
        latest = self.lines[:YEAR]
        fullest = max((each.publish for each in latest), default=0)
        return next(
            (each for each in latest if 2 * each.publish >= fullest and each.publish >= min(LEAST, fullest)), None
        )

    @property
    def begun(self) -> list[QuarterLine]:
        """The quarters after that one, of which fewer councils published so far."""
        head = self.head
        return [each for each in self.lines if head and each.quarter > head.quarter]

    def of_the_same(self, each: Indicator, quarters: Collection[dt.date]) -> SameCouncils | None:
        """An indicator in these quarters, over the councils that have it in all of them; None where there is none."""
        rows = [self.by_quarter.get(quarter, {}) for quarter in quarters]
        kept = set.intersection(*({key for key, row in found.items() if each.is_known(row)} for found in rows))
        if not kept:
            return None
        sums = {day: _sum(each, [found[key] for key in kept]) for day, found in zip(quarters, rows, strict=True)}
        return SameCouncils(len(kept), sums)

    def usual_cost(self, quarter: dt.date) -> UsualCost | None:
        """What the returns of a quarter cost per transaction."""
        figures = [COST.figure(row) for row in self.by_quarter.get(quarter, {}).values()]
        return usual_cost([figure.value for figure in figures if figure and figure.value is not None])

    def _line(self, quarter: dt.date) -> QuarterLine:
        rows = list(self.by_quarter[quarter].values())
        numbers, councils, flags = {}, {}, {}
        for each in INDICATORS:
            known = [row for row in rows if each.is_known(row)]
            numbers[each.key], councils[each.key] = _sum(each, known), len(known)
            if words := self._flag(each, numbers[each.key], quarter):
                flags[each.key] = words
        return QuarterLine(quarter, numbers, councils, flags, len(rows), self.origins.get(quarter, ()))

    def _flag(self, each: Indicator, numbers: Numbers, quarter: dt.date) -> str:
        """What to know of a sum; whether take-up fell is asked over the councils that are in both quarters."""
        before = quarter_before(quarter)
        if each is TAKE_UP and (same := self.of_the_same(each, (before, quarter))):
            words = flag_of(each, same.numbers[quarter], before=same.numbers[before])
            return f"{words}, over {counted(same.councils, 'council')} in both" if words else ""
        return flag_of(each, numbers)


def _sum(each: Indicator, rows: Collection[Numbers]) -> Numbers:
    if not rows:
        return {each.over: None, each.under: None}
    return {name: sum(row[name] for row in rows) for name in (each.over, each.under)}


def published_figures(service: Service) -> PublishedFigures:
    """What is published of a service in its last quarters. One query."""
    rows = published_of(service).filter(MEASURED)
    latest = rows.order_by("-quarter").values("quarter").distinct()[:MOST_QUARTERS]
    found = rows.filter(quarter__in=latest).order_by("-quarter", "council")
    by_quarter: dict[dt.date, dict[int, Numbers]] = {}
    origins: dict[dt.date, list[Origin]] = {}
    for quarter, council, source, is_made_up, *numbers in found.values_list(
        "quarter", "council", "source", "is_illustrative", *_COUNTED
    ):
        by_quarter.setdefault(quarter, {})[council] = dict(zip(_COUNTED, numbers, strict=True))
        origins.setdefault(quarter, []).append(Origin(source, is_made_up))
    return PublishedFigures(by_quarter, {quarter: tuple(each) for quarter, each in origins.items()})
