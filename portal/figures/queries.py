"""The counts of a year in numbers: events, delegates, outcomes, people and councils."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from core import clock
from core.filters import not_understood
from core.numbers import whole_number
from core.origin import Origin
from core.tables import format_not_understood, made_up_cell
from core.text import clean_line
from events.feedback.queries import Outcomes, results_over
from events.models import Event
from events.places.attended import Attendance, Attended, Group, attended
from portal.serving.content_version import remembered
from projects.blocks.queries import BlocksRemoved, removed_in_figures
from projects.models import Project

MOST_SOURCES = 5


@dataclass(frozen=True)
class Period:
    """A calendar year, up to a day within it."""

    year: int
    until: dt.date
    years: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.until == dt.date(self.year, 12, 31)

    @property
    def as_at(self) -> dt.date:
        """The day as at which it is counted: its last, or today while that is to come."""
        return min(self.until, max(clock.today(), self.first))

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 1, 1)

    @property
    def query(self) -> str:
        """The query string that gives lists the same period."""
        return f"year={self.year}" if self.is_whole else f"year={self.year}&as_at={self.until.isoformat()}"


def held_until(until: dt.date) -> QuerySet[Event]:
    """Events that took place up to and including that day."""
    return Event.objects.held().filter(starts_at__date__lte=until)


def events_of(period: Period) -> QuerySet[Event]:
    return held_until(period.until).filter(starts_at__year=period.year)


def read_period(query: Mapping[str, str]) -> Period:
    """The period that an address asks for; by default the latest ended year that has events, up to its end.

    A day alone implies its year.
    """
    years = remembered(("years with events", clock.today()), _years)
    as_at = _day(query.get("as_at", ""))
    year = _year(query.get("year", "")) or (as_at.year if as_at else 0)
    if not year:
        year = default_year(years)
    last = dt.date(year, 12, 31)
    return Period(year, as_at if as_at and as_at.year == year else last, years)


def unused_of(query: Mapping[str, str], period: Period) -> list[str]:
    """The values of an address that were not used, in words: nonsense, and a day outside the year."""
    year, as_at = query.get("year", ""), query.get("as_at", "")
    strange = [not_understood("Year", year)] if clean_line(year) and _year(year) != period.year else []
    strange += [not_understood("Day", as_at)] if clean_line(as_at) and _day(as_at) != period.until else []
    return strange + format_not_understood(query)


def _years() -> tuple[int, ...]:
    """The years in which events were held, the latest first."""
    return tuple(moment.year for moment in Event.objects.held().datetimes("starts_at", "year", order="DESC"))


def default_year(years: Iterable[int]) -> int:
    """The latest ended year that has events; the present one where none has."""
    today = clock.today()
    known = sorted(years, reverse=True)
    return next((year for year in known if year < today.year), known[0] if known else today.year)


def _year(text: str) -> int:
    return whole_number(text, least=1990, most=2100) or 0


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None


@dataclass(frozen=True)
class Month:
    """A month's events and delegates, and the totals by its end."""

    month: dt.date
    ends: dt.date
    events: int
    delegates: int
    events_so_far: int
    delegates_so_far: int
    made_up: str  # yes, in part, no: of the month's own events


@dataclass(frozen=True)
class Stream:
    """A stream's figures; the events and delegates of the three streams sum to the total."""

    group: Group
    events: int  # also those to which nobody came
    made_up: str


@dataclass(frozen=True)
class YearInNumbers:
    period: Period
    streams: tuple[Stream, ...]
    steps: tuple[Month, ...]
    outcomes: int
    feedback: Outcomes | None
    attended: Attended
    made_up: str  # yes, in part, no: of all events
    blocks: BlocksRemoved | None = None
    is_illustrative: bool = False
    sources: tuple[str, ...] = ()

    @property
    def total(self) -> Attendance:
        return self.attended.total


def year_in_numbers(period: Period) -> YearInNumbers:
    """All figures of a year, computed once for each content version."""
    return remembered(("year in numbers", period, clock.today()), lambda: _counted(period))


def latest_year_counted() -> YearInNumbers:
    """The year that the home page tells of, counted now rather than remembered: for what is frozen."""
    year = default_year(_years())
    return _counted(Period(year, dt.date(year, 12, 31)))


def _counted(period: Period) -> YearInNumbers:
    events = events_of(period)
    columns = ("starts_at__date", "stream", "arrived", "source", "is_illustrative")
    rows = list(events.order_by("starts_at").values_list(*columns))
    came = attended(events)
    return YearInNumbers(
        period,
        tuple(
            _stream(group, [Origin(*origin) for _, stream, _, *origin in rows if stream == group.value])
            for group in came.by_stream
        ),
        _steps(period, [(day, delegates, Origin(*origin)) for day, _, delegates, *origin in rows]),
        outcomes_of(period).count(),
        _feedback(period, events),
        came,
        made_up_cell(*(Origin(*origin) for _, _, _, *origin in rows)),
        removed_in_figures(period.first, period.until),
        any(is_illustrative for *_, is_illustrative in rows),
        tuple(_sources([source for *_, source, _ in rows])),
    )


def _stream(group: Group, origins: list[Origin]) -> Stream:
    return Stream(group, len(origins), made_up_cell(*origins))


def _sources(named: Iterable[str]) -> list[str]:
    """The sources of a period's events, the most common first."""
    found = Counter(filter(None, named))
    return sorted(found, key=lambda source: (-found[source], source))[:MOST_SOURCES]


def outcomes_of(period: Period) -> QuerySet[Project]:
    """The projects among the year's outcomes: those begun by the period's last day."""
    begun = Project.objects.filter(outcome_of_year=period.year, started_on__lte=period.until)
    return begun.select_related("lead_council").order_by("started_on", "title")


def _steps(period: Period, rows: list[tuple[dt.date, int, Origin]]) -> tuple[Month, ...]:
    steps: list[Month] = []
    events_so_far = delegates_so_far = 0
    last_month = min(period.until, max(clock.today(), period.first)).month
    for month in range(1, last_month + 1):
        in_month = [came for day, came, _ in rows if day.month == month]
        made_up = made_up_cell(*(origin for day, _, origin in rows if day.month == month))
        events_so_far += len(in_month)
        delegates_so_far += sum(in_month)
        first = dt.date(period.year, month, 1)
        ends = first.replace(day=calendar.monthrange(period.year, month)[1])
        steps.append(Month(first, ends, len(in_month), sum(in_month), events_so_far, delegates_so_far, made_up))
    return tuple(steps)


def _feedback(period: Period, events: QuerySet[Event]) -> Outcomes | None:
    """The seven outcomes of the whole year, as everybody may see them.

    Never for a part of it: the difference of two such results would show what a handful of people said.
    """
    return results_over(events) if period.is_whole else None
