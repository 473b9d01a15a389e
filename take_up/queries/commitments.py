"""What councils commit to: how many of those an asset is for, and the days and money they would give, on a day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from accounts.models import AnyUser
from assets_registry.models import Asset
from core import clock
from core.figures import POUNDS, Figure, Share
from core.words import day_in_words
from councils.kinds import KINDS_OF_TIER, many_in_words
from councils.models import Organisation
from councils.queries import counts_by_kind_on
from projects.models import Project
from take_up.models import Commitment
from take_up.models.commitment import six_months_after
from take_up.queries.take_up import BASE_WORDS, ROWS, KindTakeUp, is_in_base


def commitment_address(project: Project) -> str:
    """The address at which a council says that it would use what a project made; empty while nothing is published."""
    slug = Asset.objects.published().filter(project=project).order_by("pk").values_list("slug", flat=True).first()
    return reverse("take_up:commit", args=[slug]) if slug else ""


@dataclass(frozen=True)
class Meter:
    """The commitments that hold on a day. Days and money are of every council; the share is of those it is for."""

    share: Share
    by_kind: list[KindTakeUp]
    councils: int
    would_use: int
    would_pilot: int
    officer_days: int
    co_fund: int
    all: list[Commitment]

    @property
    def named(self) -> list[Commitment]:
        """Those of councils that may be named to everybody."""
        return [each for each in self.all if each.may_be_listed]

    @property
    def unnamed(self) -> int:
        return len(self.all) - len(self.named)

    @property
    def money(self) -> str:
        return Figure(self.co_fund, unit=POUNDS).number

    @property
    def outside(self) -> int:
        """Councils that commit but are not among those the asset is for."""
        return self.councils - self.share.count


def meter(asset: Asset, as_at: dt.date | None = None) -> Meter:
    """The commitments to an asset that held on a day, by default today, in two queries; of councils then in force."""
    day = as_at or clock.today()
    rows = Commitment.objects.live_on(day).filter(asset=asset).select_related("council").order_by("council__name", "pk")
    return _meter(asset, rows, day, counts_by_kind_on({day})[day])


def meter_and_own(
    asset: Asset, councils: list[Organisation], in_force: Mapping[str, int]
) -> tuple[Meter, list[Commitment]]:
    """The meter of today and what the councils of a reader have said, in one query; `in_force` are those of today."""
    today, keys = clock.today(), {council.pk for council in councils}
    rows = Commitment.objects.filter(asset=asset, ended_on__isnull=True).select_related("council")
    found = list(rows.order_by("council__name", "-confirmed_at", "pk"))
    held = [each for each in found if each.is_live_on(today)]
    return _meter(asset, held, today, in_force), [each for each in found if each.council_id in keys]


def _meter(asset: Asset, rows: Iterable[Commitment], day: dt.date, in_force: Mapping[str, int]) -> Meter:
    held = [each for each in rows if _is_in_force(each.council, day)]
    in_base = [each for each in held if is_in_base(each.council, asset.tier, day)]
    kinds = Counter(each.council.kind for each in in_base)
    meant = KINDS_OF_TIER[asset.tier]
    return Meter(
        share=Share(len(in_base), sum(in_force[kind] for kind in meant), BASE_WORDS[asset.tier], as_at=day),
        by_kind=[
            KindTakeUp(
                capfirst(many_in_words(group[0])),
                Share(sum(kinds[kind] for kind in group), sum(in_force[kind] for kind in group)),
                group,
            )
            for group in ROWS
            if set(group) & set(meant)
        ],
        councils=len(held),
        would_use=sum(each.would == Commitment.Would.USE for each in held),
        would_pilot=sum(each.would == Commitment.Would.PILOT for each in held),
        officer_days=sum(each.officer_days for each in held),
        co_fund=sum(each.co_fund for each in held),
        all=held,
    )


def _is_in_force(council: Organisation, day: dt.date) -> bool:
    starts, ends = council.starts_on, council.ends_on
    return (starts is None or starts <= day) and (ends is None or ends >= day)


def own_commitments(asset: Asset, councils: list[Organisation]) -> list[Commitment]:
    """What the councils of a reader have said they would do and has not ended, what holds first."""
    rows = Commitment.objects.filter(asset=asset, council__in=councils, ended_on__isnull=True)
    return list(rows.select_related("council", "proposed_by").order_by("council__name", "-confirmed_at", "pk"))


def open_commitments(commitment: Commitment) -> list[Commitment]:
    """What its council has said of the same asset and has not ended: one that holds, one that waits, or neither."""
    rows = Commitment.objects.filter(asset=commitment.asset_id, council=commitment.council_id, ended_on__isnull=True)
    return list(rows.order_by("pk"))


def why_not_renewed(commitment: Commitment, open_now: Iterable[Commitment]) -> str:
    """Why a commitment cannot be renewed now, to whoever tries; empty where it can.

    `open_now` are its council's for the same asset (`open_commitments`).
    """
    council = commitment.council
    holds = next((each for each in open_now if not each.is_waiting), None)
    waits = next((each for each in open_now if each.is_waiting), None)
    if waits and (holds == commitment or commitment.ended_on):
        since = day_in_words(waits.proposed_at)
        return f"What {council} would do waits to be confirmed by the lead of {council} already, since {since}."
    if holds and holds.expires_on and commitment.ending == Commitment.Ending.REPLACED:
        done = "Renewed already" if holds.in_words == commitment.in_words else "Changed since"
        return f"{done}: {council} would {holds.in_words}, until {day_in_words(holds.expires_on)}."
    if holds == commitment and _is_new(holds):
        return f"It holds until {day_in_words(holds.expires_on)}: renewed today, it would hold no day longer."
    if holds != commitment:
        return "Only what holds can be renewed. Say anew what your council would do."
    return ""


def _is_new(commitment: Commitment) -> bool:
    """Whether it was confirmed today, so that renewing would add no day."""
    return commitment.expires_on == six_months_after(clock.today())


def open_commitment(asset: Asset, council: Organisation | None, user: AnyUser) -> Commitment | None:
    """What one council has said it would do, for its form: what waits before what holds."""
    if council is None or not user.is_authenticated:
        return None
    rows = Commitment.objects.filter(asset=asset, council=council, ended_on__isnull=True)
    return min(rows, key=lambda each: not each.is_waiting, default=None)
