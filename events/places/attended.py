"""Who was there: how many times, how many different people, from how many different councils; in all and in groups.

The pages of a year and the report of an event count here and nowhere else. Names are not needed, so they may have gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, CharField, Count, Expression, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from councils.kinds import COUNCIL_KINDS, REGIONS, Kind
from events.event.models import Event
from events.places.models import SignUp, was_there

FOR_THEMSELVES = "For no organisation"
NO_COUNCIL = "From no council"
NO_REGION = "Region not known"
# How many times people of a group must have been there before it is said how many different people they were: of
# fewer it would say how often single people came.
LEAST = 10
NOT_SHOWN = "not shown"
WITHHELD = (
    "How many different people came is not shown of a group of fewer than 10 delegates at several events: it would say "
    "how often single people came. Nor, then, of the next smallest group, or it could be worked out from the total."
)
COUNTS = ("Delegates", "Different people", "Councils")

STREAM = F("event__stream")
TYPE = Coalesce("organisation__kind", Value(""), output_field=CharField())
REGION = Case(
    When(~Q(organisation__kind__in=COUNCIL_KINDS) | Q(organisation=None), then=Value(NO_COUNCIL)),
    When(~Q(organisation__region=""), then=F("organisation__region")),
    When(~Q(organisation__nation=""), then=F("organisation__nation")),
    default=Value(NO_REGION),
    output_field=CharField(),
)
# What of a place says that its holder was counted already at an earlier event of the year, whose names or its own have
# gone: in all, and within each way of grouping.
CAME_BEFORE: dict[str, Expression | F] = {
    "came_before": Value("", CharField()),
    "came_before_in_stream": STREAM,
    "came_before_of_type": TYPE,
    "came_before_in_region": REGION,
}
TYPES = {**{kind.value: str(kind.label) for kind in Kind}, "": FOR_THEMSELVES}


@dataclass(frozen=True)
class Group:
    """Who of one group was there; `people` is None where it is not said."""

    value: str
    name: str
    events: int
    delegates: int
    people: int | None
    councils: int

    @property
    def cells(self) -> tuple[int, int | str, int]:
        """What tables and files say under `COUNTS`."""
        return self.delegates, NOT_SHOWN if self.people is None else self.people, self.councils


@dataclass(frozen=True)
class Attendance:
    """Attendance of several events."""

    events: int
    delegates: int
    people: int
    councils: int

    @property
    def cells(self) -> tuple[int, int, int]:
        """What tables and files say under `COUNTS` of all together."""
        return self.delegates, self.people, self.councils


@dataclass(frozen=True)
class Attended:
    """Everybody who was there; each of the groupings sums to the same number of delegates."""

    total: Attendance
    by_stream: tuple[Group, ...]
    by_type: tuple[Group, ...]
    by_region: tuple[Group, ...]

    @property
    def withholds(self) -> bool:
        """Whether some group does not say how many different people came."""
        return any(group.people is None for group in (*self.by_stream, *self.by_type, *self.by_region))


def attendance(events: QuerySet[Event]) -> Attendance:
    """Count events, check-ins (delegates), distinct people and distinct councils.

    `events` are one event, or those of one year up to a day. Once names have gone a person is counted at the first of
    them alone (`SignUp.came_before`), so the number stays; over several years it would count people once for each.
    """
    kept = events.order_by().aggregate(events=Count("pk"), delegates=Coalesce(Sum("arrived"), 0))
    counted = _came(events).aggregate(**_counts("came_before"))
    return Attendance(kept["events"], kept["delegates"], _people(counted), counted["councils"])


def attended(events: QuerySet[Event]) -> Attended:
    """Count those who were at these events in all, by stream, by type of organisation and by region of the council.

    In as many queries whatever the number of rows. `events` as for `attendance`.
    """
    streams = {stream.value: str(stream.label) for stream in Event.Stream}
    regions = {name: name for name in (*REGIONS, NO_REGION, NO_COUNCIL)}
    return Attended(
        attendance(events),
        _grouped(events, "came_before_in_stream", streams, keeps_empty=True),
        _grouped(events, "came_before_of_type", TYPES),
        _grouped(events, "came_before_in_region", regions),
    )


def _came(events: QuerySet[Event]) -> QuerySet[SignUp]:
    return SignUp.objects.filter(was_there(), event__in=events).order_by()


def _counts(came_before: str) -> dict[str, Count]:
    is_first = Q(**{came_before: False})
    return {
        "times": Count("pk"),
        "at": Count("event", distinct=True),
        "named": Count("person", distinct=True, filter=is_first),
        "unnamed": Count("pk", filter=is_first & Q(person=None)),
        "councils": Count("organisation", distinct=True, filter=Q(organisation__kind__in=COUNCIL_KINDS)),
    }


def _people(counted: Mapping[str, Any]) -> int:
    """How many different people: at one event all who were there, since each has one place."""
    return counted["times"] if counted["at"] <= 1 else counted["named"] + counted["unnamed"]


def _grouped(
    events: QuerySet[Event], came_before: str, names: Mapping[str, str], *, keeps_empty: bool = False
) -> tuple[Group, ...]:
    """The groups in the order of `names`, what is not among them last."""
    rows = _came(events).annotate(part=CAME_BEFORE[came_before]).values("part").annotate(**_counts(came_before))
    found = {
        row["part"]: Group(
            row["part"], names.get(row["part"], row["part"]), row["at"], row["times"], _people(row), row["councils"]
        )
        for row in rows
    }
    order = [*names, *sorted(found.keys() - names.keys())]
    groups = [found.get(value) or Group(value, names[value], 0, 0, 0, 0) for value in order]
    return as_may_be_said([group for group in groups if keeps_empty or group.delegates])


def as_may_be_said(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups without the different people of those that are too small, and of others that would give them away.

    What is withheld is of two groups at least, and of `LEAST` delegates together: else it could be found by
    subtraction from the total.
    """
    withheld = {group.value for group in groups if 0 < group.delegates < LEAST and group.events > 1}
    others = sorted((group for group in groups if group.value not in withheld and group.delegates), key=_small_first)
    for group in others:
        if not withheld or (len(withheld) > 1 and _times(groups, withheld) >= LEAST):
            break
        withheld.add(group.value)
    return tuple(replace(group, people=None) if group.value in withheld else group for group in groups)


def _small_first(group: Group) -> tuple[bool, int, str]:
    """Those that came to one event last: how many different people they are, anybody can tell."""
    return group.events <= 1, group.delegates, group.value


def _times(groups: Iterable[Group], values: set[str]) -> int:
    return sum(group.delegates for group in groups if group.value in values)
