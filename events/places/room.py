"""Who may have which of the free places of an event: pools first, then the others, within the cap of a council."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value

from accounts.models import User
from accounts.queries import confirmed_addresses
from core.counting import count_of
from core.statements import built_once
from core.words import counted, moment_in_words, one_or_many, series
from councils.kinds import COUNCIL_KINDS
from councils.models import Organisation
from events.event.models import Event
from events.event.people import ParticipantKind
from events.event.pools import Pool, is_live_at
from events.places.models import SignUp

# An offer of a place ends a day before the start, so that whoever is next can still come.
BEFORE_THE_START = dt.timedelta(hours=24)
# With less time than this to answer, the place is theirs at once.
SHORTEST_OFFER = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Left:
    """So many free places, and the pools that keep some of them."""

    number: int = 0
    pools: list[Pool] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """The free places of an event, and for whom: counted anew from `event` and `pools` whenever it is asked."""

    event: Event
    pools: list[Pool]  # those that still keep their places
    at_cap: frozenset[int] = frozenset()  # the councils that have as many places as one may have now

    @property
    def free(self) -> int:
        return self.event.places_left

    @property
    def outside(self) -> int:
        """The places outside the pools less those taken there; below 0 where more are taken than pools leave."""
        kept, used = sum(pool.places for pool in self.pools), sum(pool.taken for pool in self.pools)
        return self.event.capacity - kept - (self.event.places_taken - used)

    @property
    def general(self) -> int:
        """The free places that no pool keeps."""
        return max(min(self.outside, self.free), 0)

    @property
    def with_room(self) -> list[Pool]:
        """The pools with a free place."""
        return [pool for pool in self.pools if pool.left > 0] if self.free else []

    def pool_for(self, organisation: Organisation | None, kind: ParticipantKind | None) -> Pool | None:
        """The pool from which somebody who comes for `organisation` as one of `kind` gets a place; None for a place
        for anybody."""
        return next((pool for pool in self.with_room if pool.is_for(organisation, kind)), None)

    def has_place_for(self, organisation: Organisation | None, kind: ParticipantKind | None) -> bool:
        """Whether somebody who comes for `organisation` as one of `kind` can have a place now."""
        if self.is_at_cap(organisation):
            return False
        return self.general > 0 or self.pool_for(organisation, kind) is not None

    def is_at_cap(self, organisation: Organisation | None) -> bool:
        return organisation is not None and organisation.pk in self.at_cap

    def capped_words(self, organisation: Organisation | None) -> str:
        """That a council has as many places as it may have now, as a sentence; else empty."""
        return f"{organisation} has {cap_words(self.event)}." if self.is_at_cap(organisation) else ""

    def waits_because(self, organisation: Organisation | None, kind: ParticipantKind | None) -> str:
        """Why somebody who comes for `organisation` waits although places are free; empty where none are."""
        if not self.free or self.has_place_for(organisation, kind):
            return ""
        if capped := self.capped_words(organisation):
            return capped
        left = sum(pool.left for pool in self.with_room)
        names = series(pool.name for pool in self.with_room)
        return f"The {counted(min(left, self.free), 'place')} left {one_or_many(left, 'is', 'are')} for {names}."

    def left_for(self, organisations: Iterable[Organisation]) -> tuple[Left, Left]:
        """What is left for somebody of these organisations, or of none: as whatever they come, and for some kinds of
        people besides."""
        own = list(organisations)
        able = [one for one in own if not self.is_at_cap(one)]
        if own and not able:
            return Left(), Left()
        theirs = [pool for pool in self.with_room if any(pool.is_for_organisation(one) for one in able or [None])]
        sure = [pool for pool in theirs if not pool.kind_ids]
        by_kind = [pool for pool in theirs if pool.kind_ids]
        number = min(self.free, self.general + sum(pool.left for pool in sure))
        return Left(number, sure), Left(min(self.free - number, sum(pool.left for pool in by_kind)), by_kind)


def cap_words(event: Event) -> str:
    """How many places one council may have, and until when."""
    until = moment_in_words(event.council_cap_until) if event.council_cap_until else ""
    return f"the {counted(event.council_cap or 0, 'place')} that one council may have until {until}"


def has_cap(event: Event) -> bool:
    """Whether a council may have no more than so many places of the event now."""
    return bool(event.council_cap and event.council_cap_until and event.now < event.council_cap_until)


def councils_at_cap(event: Event, *, among: Iterable[Organisation] | None = None) -> frozenset[int]:
    """The councils, or those `among` these, with as many places as one may have now; empty without a cap."""
    if not has_cap(event):
        return frozenset()
    seated = event.sign_ups.seated().filter(organisation__kind__in=COUNCIL_KINDS)
    if among is not None:
        seated = seated.filter(organisation__in=[one.pk for one in among])
    by_council = seated.order_by().values("organisation").annotate(n=Count("pk")).filter(n__gte=event.council_cap)
    return frozenset(by_council.values_list("organisation", flat=True))


def room_of(event: Event, *, among: Iterable[Organisation] | None = None) -> Room:
    """The free places of one event; its cap is counted for every council, or for those `among` these."""
    return Room(event, list(event.pools.live_at(event.now).with_kinds()), councils_at_cap(event, among=among))


@dataclass(frozen=True)
class BeforeSignUp:
    """What decides about a sign-up once the event is locked."""

    place: SignUp | None  # theirs already
    room: Room
    has_confirmed_address: bool
    kind_stands: bool  # the kind they come as is still one of the event's


_OF_POOL = ("id", "name", "organisation_kinds", "places", "taken", "releases_at")
_COLUMNS = (*_OF_POOL, "participant_kinds__id")


def before_sign_up(
    event: Event, person: User, organisation: Organisation | None, kind: ParticipantKind | None
) -> BeforeSignUp:
    """What decides about a sign-up at the locked `event`, in one query, since many wait for that lock."""
    asks_cap = organisation is not None and organisation.kind in COUNCIL_KINDS and has_cap(event)
    capped = [organisation.pk] if asks_cap and organisation else []
    found = _decides(event.pk, person.pk, kind.pk if kind else 0, event.now, *capped)
    has_address, kind_stands, number, own, *_ = found[0]
    pools = _pools(event, [row[4:] for row in found if row[4] is not None])
    is_at_cap = asks_cap and number >= (event.council_cap or 0)
    room = Room(event, pools, frozenset({organisation.pk}) if is_at_cap and organisation else frozenset())
    place = event.sign_ups.get(pk=own) if own else None
    return BeforeSignUp(place, room, has_address, kind is None or kind_stands)


@built_once
def _decides(event: int, person: int, kind: int, moment: dt.datetime, *capped: int) -> QuerySet[Event, tuple]:
    """A row for each pool that keeps its places at that moment and each kind of people that it is for, and at least
    one; with how many are seated for the `capped` council, if its cap counts."""
    kinds = ParticipantKind.objects.filter(event=event, pk=kind)
    with_them = SignUp.objects.seated().filter(event=OuterRef("pk"), organisation__in=capped)
    return (
        Event.objects.filter(pk=event)
        .annotate(
            # No join, whose condition for a place given back would be none that the index of living places knows.
            own=Subquery(SignUp.objects.living().filter(event=event, person=person).order_by().values("pk")),
            live=FilteredRelation("pools", condition=Q(pools__id__isnull=False) & is_live_at(moment, "pools__")),
            has_address=Exists(confirmed_addresses(User(pk=person))),
            kind_stands=Exists(kinds),
            with_them=count_of(with_them) if capped else Value(0),
        )
        .order_by("live__id")
        .values_list("has_address", "kind_stands", "with_them", "own", *(f"live__{name}" for name in _COLUMNS))
    )


def _pools(event: Event, rows: Iterable[Sequence[Any]]) -> list[Pool]:
    """The pools of rows in their order, which have a row for each kind of people that a pool is for."""
    pools: dict[int, Pool] = {}
    for *values, kind in rows:
        pool = pools.setdefault(values[0], Pool(event=event, **dict(zip(_OF_POOL, values, strict=True))))
        kinds = pool.__dict__.get("kind_ids", frozenset())
        pool.kind_ids = kinds if kind is None else kinds | {kind}
    return list(pools.values())


def rooms_of(events: Iterable[Event], *, among: Iterable[Organisation]) -> dict[int, Room]:
    """The free places of several events, by their keys, for readers who would come for one of `among`."""
    events, own = list(events), list(among)
    pools: dict[int, list[Pool]] = {event.pk: [] for event in events}
    by_event = {event.pk: event for event in events}
    shared = [event.pk for event in events if not event.has_started and getattr(event, "has_pools", True)]
    for pool in Pool.objects.filter(event__in=shared).with_kinds() if shared else ():
        if pool.is_live(by_event[pool.event_id].now):
            pools[pool.event_id].append(pool)
    at_cap = _at_cap([event for event in events if has_cap(event)], own)
    return {event.pk: Room(event, pools[event.pk], at_cap.get(event.pk, frozenset())) for event in events}


def _at_cap(events: list[Event], own: list[Organisation]) -> dict[int, frozenset[int]]:
    """By event, those of `own` with as many places as a council may have there, in one query."""
    councils = [one.pk for one in own if one.kind in COUNCIL_KINDS]
    if not events or not councils:
        return {}
    most = {event.pk: event.council_cap or 0 for event in events}
    groups = SignUp.objects.seated().filter(event__in=events, organisation__in=councils).order_by()
    found: dict[int, set[int]] = {}
    for event, council, n in groups.values_list("event", "organisation").annotate(n=Count("pk")):
        if n >= most[event]:
            found.setdefault(event, set()).add(council)
    return {event: frozenset(councils) for event, councils in found.items()}


def can_be_seated(room: Room) -> Q:
    """The condition that a place in the queue could be given one that is free now."""
    if not room.free:
        return Q(pk__in=[])
    if room.general:
        who = Q()
    else:
        who = Q(pk__in=[])
        for pool in room.with_room:
            who |= pool.whom
    return who & ~Q(organisation__in=room.at_cap) if room.at_cap else who


def offer_ends_at(event: Event) -> dt.datetime | None:
    """When an offer made now ends; None where there is no time for one, so that the place is theirs at once."""
    ends_at = min(event.now + dt.timedelta(hours=event.offer_hours), event.starts_at - BEFORE_THE_START)
    return ends_at if ends_at - event.now >= SHORTEST_OFFER else None
