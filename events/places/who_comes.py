"""Counts of the people of an event, by kind and by council."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, IntegerField, Q, Value
from django.db.models.functions import Cast

from core.words import counted, series
from councils.kinds import COUNCIL_KINDS
from events.event.models import Event
from events.event.people import FOUR_KINDS
from events.places.queries import confirmed


@dataclass(frozen=True)
class KindCount:
    """How many people of one kind an event has."""

    pk: int
    key: str
    name: str
    is_needed: bool
    people: int
    with_place: int  # of them and of those still to come


@dataclass(frozen=True)
class WhoComes:
    """How many people an event has, by kind and by council: those with a place, from the start those checked in."""

    people: int
    kinds: tuple[KindCount, ...]
    others: int  # of none of the kinds
    councils: list[tuple[str, int]]
    with_place: int  # however many of them have come
    by_organisation: dict[int | None, int]
    council_kinds: dict[str, int]  # how many councils there are of each kind
    others_with_place: int
    who_is_here: bool  # counted are those checked in, not those with a place

    @property
    def mix(self) -> dict[str, int]:
        """How many there are by the key of their kind."""
        return {kind.key: kind.people for kind in self.kinds}


# What one query brings: of each kind its key, name and so on; of each group of places whose they are and how many.
_IS_KIND = Value(1, IntegerField())
_IS_GROUP = Value(0, IntegerField())
_Row = tuple[int, int | None, int | None, str, str, int, int]


def _read(event: Event) -> Iterable[_Row]:
    """The kinds of an event and its places by kind and organisation, in one query."""
    nobody = Value(None, BigIntegerField())
    kinds = event.participant_kinds.order_by().annotate(
        row=_IS_KIND, whose=nobody, needed=Cast("is_needed", IntegerField())
    )
    groups = (
        confirmed(event)
        .order_by()
        .annotate(row=_IS_GROUP)
        .values("row", "kind", "organisation", "organisation__name", "organisation__kind")
        .annotate(places=Count("pk"), there=Count("pk", filter=Q(checked_in_at__isnull=False)))
    )
    columns = ("row", "kind", "organisation", "organisation__name", "organisation__kind", "places", "there")
    return groups.values_list(*columns).union(
        kinds.values_list("row", "pk", "whose", "name", "key", "order", "needed"), all=True
    )


def who_comes(event: Event, *, who_is_here: bool | None = None) -> WhoComes:
    """Count the people of an event in one query. `who_is_here` counts check-ins; by default from the start on."""
    who_is_here = event.has_started if who_is_here is None else who_is_here
    rows = list(_read(event))
    mix: Counter[int | None] = Counter()
    councils: Counter[tuple[str, int | None]] = Counter()
    organisations: Counter[int | None] = Counter()
    with_place: Counter[int | None] = Counter()
    kinds_of_councils: dict[int | None, str] = {}
    for _, kind, key, name, organisation_kind, places, there in (row for row in rows if not row[0]):
        with_place[kind] += places
        number = there if who_is_here else places
        mix[kind] += number
        organisations[key] += number
        if number and organisation_kind in COUNCIL_KINDS:
            councils[name, key] += number
            kinds_of_councils[key] = organisation_kind
    kinds = sorted((row for row in rows if row[0]), key=lambda row: (row[5], row[1]))
    return WhoComes(
        mix.total(),
        tuple(
            KindCount(pk or 0, key, name, bool(needed), mix[pk], with_place[pk])
            for _, pk, _, name, key, _, needed in kinds
        ),
        mix[None],
        [(name, number) for (name, _), number in sorted(councils.items())],
        with_place.total(),
        dict(organisations),
        dict(Counter(kinds_of_councils.values())),
        with_place[None],
        who_is_here,
    )


def missing_kinds(kinds: Sequence[KindCount]) -> list[str]:
    """The kinds that the event needs and that nobody stands for (W2)."""
    return [kind.name for kind in kinds if kind.is_needed and not kind.people]


def councils_sentence(event: Event, councils: list[tuple[str, int]]) -> str:
    """The councils with their numbers, in words: 12 councils attending: Harlow, Luton (2), …"""
    names = [f"{name} ({people})" if people > 1 else name for name, people in councils]
    if not names:
        if event.has_ended:
            return "No council was checked in."
        return "No council is here yet." if event.has_started else "No council has signed up yet."
    verb = "came" if event.has_ended else "here" if event.has_started else "attending"
    return f"{counted(len(names), 'council')} {verb}: {', '.join(names)}"


def people_sentence(event: Event, people: int) -> str:
    """How many people come, are there, or came, in words."""
    if not event.has_started:
        return f"{counted(people, 'person', 'people')} coming."
    if not event.has_ended:
        return f"{counted(people, 'person is', 'people are')} checked in."
    return f"{counted(people, 'person was', 'people were')} checked in."


def mix_lines(coming: WhoComes) -> list[tuple[str, int]]:
    """The rows of the table by kind: the event's kinds, and others where there are any; none where it has no kinds."""
    if not coming.kinds:
        return []
    others = [("Others", coming.others)] if coming.others else []
    return [(kind.name, kind.people) for kind in coming.kinds] + others


def missing_sentence(event: Event, coming: WhoComes) -> str:
    """The missing kinds as a sentence (W2); empty where the event needs none or nobody is missing."""
    if event.state == Event.State.CANCELLED or not (missing := missing_kinds(coming.kinds)):
        return ""
    here = "here" if coming.who_is_here else "coming"
    verb = "Nobody came as" if event.has_ended else f"Nobody is {here} as"
    return f"{verb} {_either(missing)}. {_why(event, coming.kinds)}"


def _why(event: Event, kinds: Sequence[KindCount]) -> str:
    needed = {kind.key for kind in kinds if kind.is_needed}
    if event.kind == Event.Kind.CO_DESIGN_DAY and needed == FOUR_KINDS.keys():
        return "A Co-Design Day needs all four kinds of people."
    return "This event needs them." if len(needed) > 1 else "This event needs one."


MIX_COLUMNS = ["Kind", ("People", "numeric")]


def needed_sentence(coming: WhoComes) -> str:
    """The kinds of people that an event needs, as a sentence; empty where it needs none."""
    needed = [kind.name for kind in coming.kinds if kind.is_needed]
    return f"It needs {series(map(_one, needed))}." if needed else ""


def _either(kinds: list[str]) -> str:
    return series(map(_one, kinds), last="or")


def _one(kind: str) -> str:
    """One of a kind, as within a sentence: `a head of service`, `an IT lead`."""
    small = kind if kind[:2].isupper() else kind[0].lower() + kind[1:]
    return f"{'an' if kind[0] in 'AEIOUaeiou' else 'a'} {small}"
