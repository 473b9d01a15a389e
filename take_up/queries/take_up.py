"""Take-up: distinct councils with an asset in live use, of those it is for, on a day (W4)."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.text import capfirst

from assets_registry.models import Asset
from assets_registry.uses import Use
from core import clock
from core.counting import count_of
from core.figures import Share
from core.history import counted_on
from councils.kinds import KINDS_OF_TIER, Kind, Tier, many_in_words
from councils.models import Organisation, TakenOver, counted_with, take_overs
from councils.queries import counts_by_kind_on
from take_up.models import Adoption, LivedBefore, StatusesSaid, status_on, was_live

BASE_WORDS: dict[str, str] = {
    Tier.ALL: "councils",
    Tier.UPPER: "counties and single-tier councils",
    Tier.LOWER: "districts and single-tier councils",
    Tier.COUNTY: "counties",
    Tier.DISTRICT: "districts",
}
# The City counts among the London boroughs, as the survey of 2014 did.
ROWS: tuple[tuple[Kind, ...], ...] = (
    (Kind.COUNTY,),
    (Kind.DISTRICT,),
    (Kind.UNITARY,),
    (Kind.METROPOLITAN,),
    (Kind.LONDON, Kind.CITY),
)

# What counts an adoption in: of the adoption, then of its council.
_COUNTED = ("status", "since", "live_since")
_OF_COUNCIL = ("pk", "kind", "nation", "starts_on", "ends_on")
# With it, what an asset's page says of it.
_SHOWN = (
    "asset", "confirmed_at", "may_be_listed", "what_we_changed", "officer_days", "asked_status", "asked_since",
    *_COUNTED, *(f"council__{name}" for name in ("name", "slug", "region", *_OF_COUNCIL[1:])),
    *(f"council__figures__{name}" for name in ("council", "population", "rurality")),
)  # fmt: skip


# Reads which council took over from which: once for many assets.
TakeOvers = Callable[[], Sequence[TakenOver]]


class _Row(NamedTuple):
    """What is counted of one adoption: what is over, and the values of `_COUNTED` and `_OF_COUNCIL`."""

    lived_before: LivedBefore
    said: StatusesSaid
    status: str
    since: dt.date
    live_since: dt.date | None
    key: int  # the council's
    kind: str
    nation: str
    starts_on: dt.date | None
    ends_on: dt.date | None

    def was_live(self, day: dt.date) -> bool:
        return was_live(self.status, self.since, self.live_since, day, self.lived_before)

    def was(self, status: str, day: dt.date) -> bool:
        return status_on(self.status, self.since, day, self.said) == status

    def is_in_base(self, tier: str, day: dt.date) -> bool:
        return _is_in_base(self.kind, self.nation, self.starts_on, self.ends_on, tier=tier, day=day)


@dataclass(frozen=True)
class KindTakeUp:
    """One kind of council: Districts, 4 of 201."""

    label: str
    share: Share
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TakeUp(Use):
    """Who used an asset on a day. `live`, `live_since` and `outside` hold only councils that may be named."""

    by_kind: list[KindTakeUp] = field(default_factory=list)
    evaluating: int = 0
    more_evaluating: int = 0
    live: list[Adoption] = field(default_factory=list)
    live_unnamed: int = 0
    live_since: list[Adoption] = field(default_factory=list)
    outside: list[Adoption] = field(default_factory=list)
    outside_unnamed: int = 0
    days_given: list[int] = field(default_factory=list)  # of officer time, by those in live use that said
    until: dt.date | None = None  # the day until which those that came since are counted
    in_force: dict[str, int] = field(default_factory=dict)  # councils of each kind today
    own: Adoption | None = None  # what the council asked for has said, confirmed or waiting
    live_now: frozenset[int] = frozenset()  # the keys of all councils in confirmed live use today, in the base or not

    @property
    def outside_count(self) -> int:
        """Councils that use it live but are not among those it is for: other tiers, nations, or ended."""
        return len(self.outside) + self.outside_unnamed

    def of_kind(self, kind: str) -> KindTakeUp | None:
        """The row of a kind of council; None for one that the asset is not for."""
        return next((row for row in self.by_kind if kind in row.kinds), None)

    @property
    def named(self) -> list[Adoption]:
        """Those of the day and since who may be named and use it still."""
        return [each for each in self.live + self.live_since if each.status == Adoption.Status.LIVE]

    @property
    def unnamed_since(self) -> int:
        return self.more_live - len(self.live_since)


def take_up(asset: Asset, as_at: dt.date | None = None, *, own: Organisation | None = None) -> TakeUp:
    """The take-up of one asset with who uses it, in two queries; on a day, or on the day its councils are counted on.

    Without `as_at` it also counts those that have come since that day, but no council that carries on the use of one
    of that day which it took over whole. It brings what the council `own` has said.
    """
    return take_ups_with_adopters([asset], as_at, own=own)[asset.pk]


def take_ups_with_adopters(
    assets: Iterable[Asset], as_at: dt.date | None = None, *, own: Organisation | None = None
) -> dict[int, TakeUp]:
    """The same of each asset by its key, in two queries however many there are, three where a council carries on."""
    days, today = {asset: as_at or counted_on(asset.published_at) for asset in assets}, clock.today()
    asked_for = Q(confirmed_at__isnull=False) | Q(council=own) if own else Q(confirmed_at__isnull=False)
    rows = Adoption.objects.filter(asked_for, asset__in=[asset.pk for asset in days])
    adoptions: dict[int, list[Adoption]] = {asset.pk: [] for asset in days}
    for adoption in _with_what_is_over(rows.select_related("council__figures").only(*_SHOWN)):
        adoptions[adoption.asset_id].append(adoption)
    in_force, successions = counts_by_kind_on({*days.values(), today}), cache(take_overs)
    used = {
        asset.pk: _take_up(
            asset,
            [each for each in adoptions[asset.pk] if each.is_confirmed],
            in_force[day],
            day,
            as_at or today,
            successions,
        )
        for asset, day in days.items()
    }
    return {
        key: replace(
            each,
            in_force=in_force[today],
            own=next((one for one in adoptions[key] if own and one.council_id == own.pk), None),
            live_now=frozenset(
                one.council_id for one in adoptions[key] if one.is_confirmed and one.status == Adoption.Status.LIVE
            ),
        )
        for key, each in used.items()
    }


# What is over of an adoption, joined to it: times of use, and statuses with what puts them in order.
_OVER = (
    "earlier_uses__begins_on", "earlier_uses__ends_on", "statuses__confirmed_at", "statuses__pk", "statuses__status",
    "statuses__since",
)  # fmt: skip


def _what_is_over(joined: Iterable[tuple]) -> tuple[LivedBefore, StatusesSaid]:
    """The times of use and the statuses of one adoption, from its rows with the values of `_OVER`."""
    rows = list(joined)
    times = sorted({(began, ended) for began, ended, *_ in rows if began})
    said = sorted({tuple(row[2:]) for row in rows if row[3]})
    return tuple(times), tuple((status, since) for _, _, status, since in said)


def _with_what_is_over(rows: QuerySet[Adoption]) -> Iterator[Adoption]:
    """The adoptions in the order of their councils, with what is over of each, in one query."""
    joined = rows.annotate(**{f"over_{place}": F(name) for place, name in enumerate(_OVER)})
    read = attrgetter(*(f"over_{place}" for place in range(len(_OVER))))
    for _, group in groupby(joined.order_by("council__name", "pk"), key=attrgetter("pk")):
        first, *others = group
        first.lived_before, first.statuses_said = _what_is_over(map(read, (first, *others)))
        yield first


def take_ups(assets: Iterable[Asset]) -> dict[int, Use]:
    """The take-up of each asset by its key as numbers, in as many queries as `take_ups_with_adopters`."""
    assets = list(assets)
    rows: dict[int, list[_Row]] = {asset.pk: [] for asset in assets}
    confirmed = Adoption.objects.filter(asset__in=list(rows), confirmed_at__isnull=False).order_by("pk")
    columns = (*_COUNTED, *(f"council__{name}" for name in _OF_COUNCIL))
    read = confirmed.values_list("pk", "asset", *columns, *_OVER)
    for _, group in groupby(read, key=itemgetter(0)):
        (_, key, *values), *others = group
        over = _what_is_over(each[-len(_OVER) :] for each in (values, *others))
        rows[key].append(_Row(*over, *values[: -len(_OVER)]))
    days = {asset.pk: counted_on(asset.published_at) for asset in assets}
    in_force, successions = counts_by_kind_on(set(days.values())), cache(take_overs)
    return {
        asset.pk: _use(asset, rows[asset.pk], in_force[days[asset.pk]], days[asset.pk], successions) for asset in assets
    }


def use_on_record(asset: Asset, adoptions: Iterable[Adoption]) -> Use:
    """The take-up of one asset as numbers, from adoptions read with their councils, earlier uses and statuses.

    Its base is left out.
    """
    rows = [_row_of(each) for each in adoptions if each.confirmed_at]
    return _use(asset, rows, Counter(), counted_on(asset.published_at))


def _row_of(adoption: Adoption) -> _Row:
    counted = (getattr(adoption, name) for name in _COUNTED)
    of_council = (getattr(adoption.council, name) for name in _OF_COUNCIL)
    return _Row(adoption.lived_before, adoption.statuses_said, *counted, *of_council)


def most_used_first(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """In the order of how many councils use each live: on the day its councils are counted on, and since.

    Those of the record, which are few, are counted as `take_ups` does; all others in the database, on today.
    """
    is_told = {"published_at__lt": clock.HISTORY_ENDS}
    told = Asset.objects.filter(pk__in=assets.order_by().values("pk"), **is_told).only("tier", "published_at")
    keys: dict[int, list[int]] = {}
    for key, use in take_ups(told).items():
        keys.setdefault(use.all_live, []).append(key)
    counted = [When(pk__in=found, then=Value(number)) for number, found in keys.items() if number]
    count = Case(*counted, When(**is_told, then=Value(0)), default=count_of(_live_today()), output_field=IntegerField())
    return assets.annotate(live_count=count).order_by("-live_count", "name", "pk")


def _live_today() -> QuerySet[Adoption]:
    """The live use today of the asset of an outer query, by councils that it is for."""
    meant = Q()
    for tier, kinds in KINDS_OF_TIER.items():
        meant |= Q(asset__tier=tier, council__kind__in=kinds)
    councils = Organisation.objects.in_force(clock.today()).filter(nation="England")
    live = Adoption.objects.filter(asset=OuterRef("pk"), status=Adoption.Status.LIVE, confirmed_at__isnull=False)
    return live.filter(meant, council__in=councils)


def _use(
    asset: Asset, rows: list[_Row], in_force: dict[str, int], day: dt.date, take_overs: TakeOvers = take_overs
) -> Use:
    today = clock.today()
    live, more_live = _then_and_since(asset, rows, _Row.was_live, (day, today), take_overs)
    piloting, more_piloting = _in_status(asset, rows, Adoption.Status.PILOTING, (day, today), take_overs)
    return Use(
        share=_share(asset, live, in_force, day),
        piloting=piloting,
        more_live=more_live,
        more_piloting=more_piloting,
    )


def _in_status(
    asset: Asset, rows: list[_Row], status: str, days: tuple[dt.date, dt.date], take_overs: TakeOvers
) -> tuple[int, int]:
    return _then_and_since(asset, rows, lambda row, day: row.was(status, day), days, take_overs)


def _then_and_since(
    asset: Asset,
    rows: list[_Row],
    used: Callable[[_Row, dt.date], bool],
    days: tuple[dt.date, dt.date],
    take_overs: TakeOvers,
) -> tuple[int, int]:
    """How many councils of the base used it so on the first of two days, and how many more do on the second.

    A council that carries on the use of one of the first day is not one more.
    """
    day, until = days
    then: set[int] = set()
    since: dict[int, dt.date | None] = {}
    for row in rows:
        if used(row, day):
            if row.is_in_base(asset.tier, day):
                then.add(row.key)
        elif used(row, until) and row.is_in_base(asset.tier, until):
            since[row.key] = row.starts_on
    return len(then), len(since.keys() - _carrying_on(then, since, day, take_overs))


def _share(asset: Asset, count: int, in_force: dict[str, int], day: dt.date) -> Share:
    base = sum(in_force[kind] for kind in KINDS_OF_TIER[asset.tier])
    return Share(count, base, BASE_WORDS[asset.tier], as_at=day)


def live_on_record(asset: Asset, adoptions: Iterable[Adoption]) -> list[Adoption]:
    """Those of an asset's adoptions that count as live use: on the day its councils are counted on, and since."""
    adoptions, day = list(adoptions), counted_on(asset.published_at)
    return _inside(asset, adoptions, day) + _since(asset, adoptions, day, clock.today())


def live_on(asset: Asset, adoptions: Iterable[Adoption], day: dt.date) -> list[Adoption]:
    """Those that count as live use on one day."""
    return _inside(asset, list(adoptions), day)


def _inside(asset: Asset, adoptions: list[Adoption], day: dt.date) -> list[Adoption]:
    return [each for each in adoptions if each.counts_as_live(day) and is_in_base(each.council, asset.tier, day)]


def _since(
    asset: Asset, adoptions: list[Adoption], day: dt.date, until: dt.date, take_overs: TakeOvers = take_overs
) -> list[Adoption]:
    """Those live at the end and not on the day, without councils that carry on the use of one that was."""
    found = [each for each in _inside(asset, adoptions, until) if not each.counts_as_live(day)]
    then = {each.council_id for each in _inside(asset, adoptions, day)} if found else set()
    carrying_on = _carrying_on(then, {each.council_id: each.council.starts_on for each in found}, day, take_overs)
    return [each for each in found if each.council_id not in carrying_on]


def _carrying_on(
    then: set[int], since_then: Mapping[int, dt.date | None], day: dt.date, take_overs: TakeOvers
) -> set[int]:
    """Of the councils since then, with their first days, those that took over whole from a council of then.

    The database is asked only where one of them is younger than the day.
    """
    young = {key for key, starts_on in since_then.items() if starts_on and starts_on > day}
    return young & counted_with(then, take_overs()) if young and then else set()


def _take_up(
    asset: Asset,
    adoptions: list[Adoption],
    in_force: dict[str, int],
    day: dt.date,
    until: dt.date,
    take_overs: TakeOvers,
) -> TakeUp:
    kinds = KINDS_OF_TIER[asset.tier]
    inside = _inside(asset, adoptions, day)
    since = _since(asset, adoptions, day, until, take_overs)
    live = [each for each in adoptions if each.counts_as_live(day) or each.counts_as_live(until)]
    outside = [each for each in live if each not in inside and each not in since]
    used = Counter(adoption.council.kind for adoption in inside)
    rows, days = [_row_of(each) for each in adoptions], (day, until)
    piloting, more_piloting = _in_status(asset, rows, Adoption.Status.PILOTING, days, take_overs)
    evaluating, more_evaluating = _in_status(asset, rows, Adoption.Status.EVALUATING, days, take_overs)
    return TakeUp(
        share=_share(asset, len(inside), in_force, day),
        by_kind=[
            KindTakeUp(
                capfirst(many_in_words(group[0])),
                Share(sum(used[k] for k in group), sum(in_force[k] for k in group)),
                group,
            )
            for group in ROWS
            if set(group) & set(kinds)
        ],
        piloting=piloting,
        more_piloting=more_piloting,
        evaluating=evaluating,
        more_evaluating=more_evaluating,
        live=[adoption for adoption in inside if adoption.may_be_listed],
        live_unnamed=sum(not adoption.may_be_listed for adoption in inside),
        more_live=len(since),
        live_since=[adoption for adoption in since if adoption.may_be_listed],
        outside=[adoption for adoption in outside if adoption.may_be_listed],
        outside_unnamed=sum(not adoption.may_be_listed for adoption in outside),
        until=until,
        days_given=[each.officer_days for each in (*inside, *since) if each.officer_days is not None],
    )


def is_in_base(council: Organisation, tier: str, day: dt.date) -> bool:
    """Whether a council was, on that day, one of the English councils that provide services of the tier."""
    return _is_in_base(*(getattr(council, name) for name in _OF_COUNCIL[1:]), tier=tier, day=day)


def _is_in_base(
    kind: str, nation: str, starts_on: dt.date | None, ends_on: dt.date | None, *, tier: str, day: dt.date
) -> bool:
    is_meant = nation == "England" and kind in KINDS_OF_TIER[tier]
    return is_meant and (starts_on is None or starts_on <= day) and (ends_on is None or ends_on >= day)
