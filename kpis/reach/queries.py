"""Reads of the campaign's reach: each metric with its numbers, and those of a year."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from core.figures import Figure
from core.words import day_in_words, month_in_words
from kpis.reach.models import ReachMetric, ReachValue


@dataclass(frozen=True)
class Reached:
    """A metric's number, as people read it."""

    metric: ReachMetric
    value: ReachValue

    @property
    def figure(self) -> Figure:
        """The number with its unit: `opens a month`, or `impressions` of a total."""
        monthly = self.metric.kind == ReachMetric.Kind.MONTHLY
        unit = f"{self.metric.unit} a month" if monthly else self.metric.unit
        return Figure(self.value.number, unit=unit, as_at=self.value.day, source=self.value.source)

    @property
    def number(self) -> str:
        """`over 8,000`, `12,480`, `about 7,900`: what is approximate or a least says so."""
        if self.value.is_at_least:
            return f"over {self.figure.number}"
        return f"about {self.figure.number}" if self.metric.is_approximate else self.figure.number

    @property
    def label(self) -> str:
        """`opens a month, approximate` or `impressions in total`."""
        total = " in total" if self.metric.kind == ReachMetric.Kind.TOTAL else ""
        return f"{self.figure.unit}{total}{', approximate' if self.metric.is_approximate else ''}"

    @property
    def when(self) -> str:
        """`December 2014`, or `until 31 December 2014`."""
        if self.metric.kind == ReachMetric.Kind.TOTAL:
            return f"until {day_in_words(self.value.day)}"
        return month_in_words(self.value.day)


@dataclass(frozen=True)
class ReachSeries:
    """A metric with its numbers, the earliest first."""

    metric: ReachMetric
    numbers: list[Reached]

    @property
    def latest(self) -> Reached | None:
        return self.numbers[-1] if self.numbers else None


def reach_series() -> list[ReachSeries]:
    """Every metric with all its numbers. They are never added up: each counts something else."""
    by_day = Prefetch("values", ReachValue.objects.order_by("day"))
    return [
        ReachSeries(metric, [Reached(metric, value) for value in metric.values.all()])
        for metric in ReachMetric.objects.prefetch_related(by_day)
    ]


def reached_between(first: dt.date, last: dt.date) -> list[Reached]:
    """The latest number of each metric in a span of days."""
    values = ReachValue.objects.filter(day__gte=first, day__lte=last).select_related("metric")
    return list(_latest(values.order_by("metric__position", "metric__name", "day")))


def _latest(values: Iterable[ReachValue]) -> Iterable[Reached]:
    latest = {value.metric_id: Reached(value.metric, value) for value in values}
    return latest.values()
