"""The sums of what was promised, of what was kept and of what was measured in part, which are never added."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Max, Min, Sum

from core.words import day_in_words, series
from councils.kinds import Tier
from take_up.models import COUNCILS, YEARLY_SAVING, Benefit, BenefitQuerySet, state_now
from take_up.queries.take_up import BASE_WORDS

_MOST_BASES = 3  # that a sum names


@dataclass(frozen=True)
class Claimed:
    """The sum of what was promised, over `n` promises, for the councils in `bases`; the last was made on `as_at`."""

    total: Decimal
    n: int
    is_illustrative: bool = False
    bases: tuple[str, ...] = ()
    as_at: dt.date | None = None


@dataclass(frozen=True)
class Confirmed:
    """The sum of what was measured where a promise was checked: `n` of `of` promises, on the bases in `on`."""

    total: Decimal
    n: int
    of: int
    on: str = ""
    is_illustrative: bool = False
    as_at: dt.date | None = None


@dataclass(frozen=True)
class BenefitSums:
    """Promised beside measured, in one unit. There is no sum of both.

    `confirmed` is of the promises that were kept, `in_part` of those that were checked and are not; `measured` of both.
    `not_checked` and `not_yet` are what was promised by those with these states.
    """

    unit: str
    claimed: Claimed
    confirmed: Confirmed
    in_part: Confirmed
    measured: Confirmed
    not_checked: Claimed
    not_yet: Claimed


@dataclass(frozen=True)
class _Alike:
    """`n` promises of one unit with the same state and base, and what they come to."""

    is_checked: bool
    state: str
    n: int
    claimed: Decimal
    result: Decimal | None
    on: str
    base: str
    is_illustrative: bool
    result_is_illustrative: bool
    claimed_on: dt.date
    measured_on: dt.date | None


def sums(benefits: Iterable[Benefit], *, unit: str = YEARLY_SAVING) -> BenefitSums:
    """The promises of `unit` among `benefits`; other units are other sums."""
    alike = [
        _Alike(
            is_checked=each.latest is not None and not each.asks_which_way,
            state=each.state,
            n=1,
            claimed=each.claimed,
            result=each.latest.value if each.latest else None,
            on=measured_on(each),
            base=base_in_words(each.scope, each.tier),
            is_illustrative=each.is_illustrative,
            result_is_illustrative=bool(each.latest and each.latest.is_illustrative),
            claimed_on=each.claimed_on,
            measured_on=each.latest.measured_on if each.latest else None,
        )
        for each in benefits
        if each.unit == unit
    ]
    return _sums(alike, unit)


def sums_of_all(promises: BenefitQuerySet | None = None, *, unit: str = YEARLY_SAVING) -> BenefitSums:
    """The same of every promise of `unit`, or of those of `promises`, added up by the database in one query."""
    every = Benefit.objects.all() if promises is None else promises
    result = {"result_n": F("latest__n"), "result_words": F("latest__n_words"), "made_up": F("latest__is_illustrative")}
    of_unit = every.filter(unit=unit).order_by().annotate(state_today=state_now(), **result)
    groups = of_unit.values("state_today", "is_illustrative", "scope", "tier", "better", *result).annotate(
        rows=Count("pk"),
        checked=Count("latest"),
        sum_claimed=Sum("claimed"),
        sum_result=Sum("latest__value"),
        day=Min("claimed_on"),
        last_day=Max("claimed_on"),
        last_measured=Max("latest__measured_on"),
        key=Min("pk"),
    )
    alike = [
        _Alike(
            is_checked=bool(group["checked"]) and group["better"] != Benefit.Better.UNSAID,
            state=group["state_today"],
            n=group["rows"],
            claimed=group["sum_claimed"],
            result=group["sum_result"],
            on=base_words(group["result_n"], group["scope"], group["result_words"] or "", group["tier"]),
            base=base_in_words(group["scope"], group["tier"]),
            is_illustrative=group["is_illustrative"],
            result_is_illustrative=bool(group["made_up"]),
            claimed_on=group["last_day"],
            measured_on=group["last_measured"],
        )
        for group in groups.order_by("day", "key")
    ]
    return _sums(alike, unit)


def _sums(alike: list[_Alike], unit: str) -> BenefitSums:
    State = Benefit.State
    checked = [each for each in alike if each.is_checked]
    claimed = _claimed(alike)
    return BenefitSums(
        unit=unit,
        claimed=claimed,
        confirmed=_measured([each for each in checked if each.state == State.KEPT], claimed.n),
        in_part=_measured([each for each in checked if each.state != State.KEPT], claimed.n),
        measured=_measured(checked, claimed.n),
        not_checked=_claimed([each for each in alike if each.state == State.NOT_CHECKED]),
        not_yet=_claimed([each for each in alike if each.state == State.NOT_YET]),
    )


def _measured(alike: list[_Alike], of: int) -> Confirmed:
    return Confirmed(
        sum((each.result or Decimal(0) for each in alike), Decimal(0)),
        n=sum(each.n for each in alike),
        of=of,
        on=bases_in_words([each.on for each in alike]),
        is_illustrative=any(each.result_is_illustrative for each in alike),
        as_at=max((each.measured_on for each in alike if each.measured_on), default=None),
    )


def _claimed(alike: list[_Alike]) -> Claimed:
    return Claimed(
        sum((each.claimed for each in alike), Decimal(0)),
        sum(each.n for each in alike),
        any(each.is_illustrative for each in alike),
        tuple(dict.fromkeys(each.base for each in alike if each.base)),
        max((each.claimed_on for each in alike), default=None),
    )


def measured_on(benefit: Benefit) -> str:
    """3 forms; of those in scope where councils were asked: 4 of 326 councils. Empty where nothing was measured."""
    latest = benefit.latest
    return base_words(latest.n, benefit.scope, latest.n_words, benefit.tier) if latest else ""


def base_words(n: int | None, scope: int | None, words: str, tier: str = "") -> str:
    """The same of a number, of how many there are in scope, what was counted, and which councils those in scope are."""
    if n is None:
        return ""
    if words != COUNCILS or not scope:
        return f"{n:,} {words}".strip()
    return f"{n:,} of {base_in_words(scope, tier)}" if n < scope else f"all {base_in_words(scope, tier)}"


def base_in_words(scope: int | None, tier: str) -> str:
    """The councils that a promise is for: 152 counties and single-tier councils; empty where it names none."""
    return f"{scope:,} {BASE_WORDS.get(tier, BASE_WORDS[Tier.ALL])}" if scope else ""


def bases_in_words(bases: Iterable[str]) -> str:
    """The different bases of a sum; of more than three how many there are: 5 different bases."""
    different = [base for base in dict.fromkeys(bases) if base]
    return series(different) if len(different) <= _MOST_BASES else f"{len(different)} different bases"


def base_as_at(benefit: Benefit) -> str:
    """The base of a promise with the day it is counted on; empty where it has none."""
    base = base_in_words(benefit.scope, benefit.tier)
    return f"{base}, as at {day_in_words(benefit.claimed_on)}" if base else ""
