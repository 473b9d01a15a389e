"""Take-up: distinct councils with an asset in live use, of those it is for, on a day (W4)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from assets_registry.models import Adoption, Asset
from core import clock
from core.clock import LAST_DAY_OF_THE_RECORD
from core.figures import Share
from councils.models import KINDS_OF_TIER, Kind, Organisation, Tier, in_force_on

BASE_WORDS: dict[str, str] = {
    Tier.ALL: "councils",
    Tier.UPPER: "counties and single-tier councils",
    Tier.LOWER: "districts and single-tier councils",
    Tier.COUNTY: "counties",
    Tier.DISTRICT: "districts",
}
# The City counts among the London boroughs, as the survey of 2014 did.
_ROWS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("Counties", (Kind.COUNTY,)),
    ("Districts", (Kind.DISTRICT,)),
    ("Unitaries", (Kind.UNITARY,)),
    ("Metropolitan districts", (Kind.METROPOLITAN,)),
    ("London boroughs", (Kind.LONDON, Kind.CITY)),
)

# What counts an adoption in, and what is said of it.
_OF_AN_ADOPTION = (
    "asset", "status", "since", "live_since", "confirmed_at", "may_be_listed", "what_we_changed",
    "council__name", "council__slug", "council__kind", "council__nation", "council__starts_on", "council__ends_on",
)  # fmt: skip


@dataclass(frozen=True)
class KindTakeUp:
    """One kind of council: Districts, 4 of 201."""

    label: str
    share: Share


@dataclass(frozen=True)
class TakeUp:
    """Who used an asset on a day. `live` and `outside` hold only councils that may be named."""

    as_at: dt.date
    share: Share
    by_kind: list[KindTakeUp] = field(default_factory=list)
    piloting: int = 0
    evaluating: int = 0
    live: list[Adoption] = field(default_factory=list)
    live_unnamed: int = 0
    outside: list[Adoption] = field(default_factory=list)
    outside_unnamed: int = 0

    @property
    def count(self) -> int:
        return self.share.count

    @property
    def base(self) -> int:
        return self.share.base

    @property
    def outside_count(self) -> int:
        """Councils that use it live but are not among those it is for: other tiers, nations, or ended."""
        return len(self.outside) + self.outside_unnamed

    @property
    def past_day(self) -> dt.date | None:
        """The day it was counted on, where that is not today."""
        return self.as_at if self.as_at != clock.today() else None

    def __str__(self) -> str:
        return str(self.share)


def take_up(asset: Asset, as_at: dt.date | None = None) -> TakeUp:
    """The take-up of one asset, in two queries; on a day, or on the day its record is of."""
    return take_ups([asset], as_at)[asset.pk]


def take_ups(assets: Iterable[Asset], as_at: dt.date | None = None) -> dict[int, TakeUp]:
    """The take-up of each asset by its key, in two queries however many there are."""
    assets = list(assets)
    adoptions: dict[int, list[Adoption]] = {asset.pk: [] for asset in assets}
    confirmed = Adoption.objects.filter(asset__in=[asset.pk for asset in assets], confirmed_at__isnull=False)
    for adoption in confirmed.select_related("council").only(*_OF_AN_ADOPTION).order_by("council__name"):
        adoptions[adoption.asset_id].append(adoption)
    days = {asset.pk: as_at or day_of_record(asset, adoptions[asset.pk]) for asset in assets}
    in_force = _councils_in_force(set(days.values()))
    return {
        asset.pk: _take_up(asset, adoptions[asset.pk], in_force[days[asset.pk]], days[asset.pk]) for asset in assets
    }


def day_of_record(asset: Asset, adoptions: Iterable[Adoption]) -> dt.date:
    """The last day of the record for an asset whose use is told and no longer changes; today for every other.

    The councils of a later day would be the wrong ones to divide by. The story strip asks the same in its query.
    """
    is_told = asset.published_at is not None and asset.published_at < clock.HISTORY_ENDS
    if is_told and all(adoption.since <= LAST_DAY_OF_THE_RECORD for adoption in adoptions):
        return LAST_DAY_OF_THE_RECORD
    return clock.today()


def _councils_in_force(days: set[dt.date]) -> dict[dt.date, Counter[str]]:
    """English councils of each kind on each of the days, in one query."""
    english = Organisation.objects.councils().filter(nation="England").order_by().values("kind")
    counts = {f"on_{n}": Count("pk", filter=in_force_on(day)) for n, day in enumerate(days)}
    rows: list[Any] = list(english.annotate(**counts)) if days else []
    return {day: Counter({row["kind"]: row[f"on_{n}"] for row in rows}) for n, day in enumerate(days)}


def _take_up(asset: Asset, adoptions: list[Adoption], in_force: Counter[str], day: dt.date) -> TakeUp:
    kinds = KINDS_OF_TIER[asset.tier]
    live = [adoption for adoption in adoptions if adoption.counts_as_live(day)]
    inside = [adoption for adoption in live if is_in_base(adoption.council, asset.tier, day)]
    outside = [adoption for adoption in live if adoption not in inside]
    used = Counter(adoption.council.kind for adoption in inside)
    return TakeUp(
        as_at=day,
        share=Share(len(inside), sum(in_force[kind] for kind in kinds), BASE_WORDS[asset.tier]),
        by_kind=[
            KindTakeUp(label, Share(sum(used[k] for k in group), sum(in_force[k] for k in group)))
            for label, group in _ROWS
            if set(group) & set(kinds)
        ],
        piloting=sum(adoption.counts_as_piloting(day) for adoption in adoptions),
        evaluating=sum(a.status == Adoption.Status.EVALUATING and a.since <= day for a in adoptions),
        live=[adoption for adoption in inside if adoption.may_be_listed],
        live_unnamed=sum(not adoption.may_be_listed for adoption in inside),
        outside=[adoption for adoption in outside if adoption.may_be_listed],
        outside_unnamed=sum(not adoption.may_be_listed for adoption in outside),
    )


def is_in_base(council: Organisation, tier: str, day: dt.date) -> bool:
    """Whether a council was, on that day, one of the English councils that provide services of the tier."""
    begun = council.starts_on is None or council.starts_on <= day
    lasting = council.ends_on is None or council.ends_on >= day
    return council.nation == "England" and council.kind in KINDS_OF_TIER[tier] and begun and lasting
