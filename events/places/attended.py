"""Who was there, in groups: by stream, type of organisation and region. One query for the pages of a day and a year."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from councils.kinds import COUNCIL_KINDS, REGIONS, Kind
from events.event.models import Event
from events.places.models import SignUp, was_there

FOR_THEMSELVES = "For no organisation"
NO_COUNCIL = "From no council"
NO_REGION = "Region not known"


@dataclass(frozen=True)
class Arrivals:
    """How many were there from one organisation at the events of one stream."""

    stream: str
    organisation: int | None
    kind: str
    region: str
    delegates: int

    @property
    def is_council(self) -> bool:
        return self.kind in COUNCIL_KINDS


@dataclass(frozen=True)
class Group:
    """How many times people of a group were there, and from how many different councils."""

    name: str
    delegates: int
    councils: int


@dataclass(frozen=True)
class Attended:
    """Everybody who was there; each of the tables sums to the same number of delegates."""

    rows: tuple[Arrivals, ...]

    @property
    def delegates(self) -> int:
        return sum(row.delegates for row in self.rows)

    @property
    def councils(self) -> int:
        return len({row.organisation for row in self.rows if row.is_council})

    def of_stream(self, stream: str) -> Group:
        """What one stream has of it."""
        return _group(Event.Stream(stream).label, [row for row in self.rows if row.stream == stream])

    @property
    def by_type(self) -> list[Group]:
        """By type of organisation, in the order of the directory."""
        names = {**{kind.value: str(kind.label) for kind in Kind}, "": FOR_THEMSELVES}
        return self._by(lambda row: names[row.kind], list(names.values()))

    @property
    def by_region(self) -> list[Group]:
        """By region of the council, its nation outside England; whoever came from no council last."""
        return self._by(_region_of, [*REGIONS, NO_REGION, NO_COUNCIL])

    def _by(self, name_of: Callable[[Arrivals], str], order: Sequence[str]) -> list[Group]:
        groups: dict[str, list[Arrivals]] = defaultdict(list)
        for row in self.rows:
            groups[name_of(row)].append(row)
        names = [*order, *sorted(groups.keys() - {*order})]
        return [_group(name, groups[name]) for name in names if name in groups]


def _region_of(row: Arrivals) -> str:
    return (row.region or NO_REGION) if row.is_council else NO_COUNCIL


def _group(name: str, rows: Iterable[Arrivals]) -> Group:
    rows = list(rows)
    councils = {row.organisation for row in rows if row.is_council}
    return Group(name, sum(row.delegates for row in rows), len(councils))


def attended(events: QuerySet[Event]) -> Attended:
    """Count those who were at these events, in one query; a name is not needed, so it may have gone."""
    came = SignUp.objects.filter(was_there(), event__in=events).order_by()
    columns = ("event__stream", "organisation", "organisation__kind", "organisation__region", "organisation__nation")
    rows = came.values_list(*columns).annotate(delegates=Count("pk"))
    return Attended(
        tuple(
            Arrivals(stream, organisation, kind or "", region or nation or "", delegates)
            for stream, organisation, kind, region, nation, delegates in rows
        )
    )
