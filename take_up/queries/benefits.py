"""The sum of what was promised and the sum of what was measured, which are never added."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, Sum

from core.words import series
from take_up.models import YEARLY_SAVING, Benefit


@dataclass(frozen=True)
class Claimed:
    """The sum of what was promised, over `n` promises."""

    total: Decimal
    n: int
    is_illustrative: bool = False


@dataclass(frozen=True)
class Confirmed:
    """The sum of what was measured where a promise was checked: `n` of `of` promises, on the bases in `on`."""

    total: Decimal
    n: int
    of: int
    on: str = ""
    is_illustrative: bool = False


@dataclass(frozen=True)
class BenefitSums:
    """Promised beside measured, in one unit. There is no sum of both."""

    unit: str
    claimed: Claimed
    confirmed: Confirmed
    not_checked: Claimed


@dataclass(frozen=True)
class _Alike:
    """`n` promises of one unit with the same state and base, and what they come to."""

    state: str
    n: int
    claimed: Decimal
    result: Decimal | None
    on: str
    is_illustrative: bool
    result_is_illustrative: bool


def sums(benefits: Iterable[Benefit], *, unit: str = YEARLY_SAVING) -> BenefitSums:
    """The promises of `unit` among `benefits`; other units are other sums."""
    alike = [
        _Alike(
            each.state,
            1,
            each.claimed,
            each.result,
            measured_on(each),
            each.is_illustrative,
            each.result_is_illustrative,
        )
        for each in benefits
        if each.unit == unit
    ]
    return _sums(alike, unit)


def sums_of_all(*, unit: str = YEARLY_SAVING) -> BenefitSums:
    """The same of every promise of `unit`, added up by the database."""
    base = ("n", "scope", "n_words")
    groups = (
        Benefit.objects.filter(unit=unit).order_by().values("state", "is_illustrative", "result_is_illustrative", *base)
    )
    groups = groups.annotate(
        rows=Count("pk"), sum_claimed=Sum("claimed"), sum_result=Sum("result"), day=Min("claimed_on"), key=Min("pk")
    )
    alike = [
        _Alike(
            group["state"],
            group["rows"],
            group["sum_claimed"],
            group["sum_result"],
            base_words(*(group[name] for name in base)),
            group["is_illustrative"],
            group["result_is_illustrative"],
        )
        for group in groups.order_by("day", "key")
    ]
    return _sums(alike, unit)


def _sums(alike: list[_Alike], unit: str) -> BenefitSums:
    checked = [each for each in alike if each.state != Benefit.State.CLAIMED]
    claimed = _claimed(alike)
    return BenefitSums(
        unit=unit,
        claimed=claimed,
        confirmed=Confirmed(
            sum((each.result or Decimal(0) for each in checked), Decimal(0)),
            n=sum(each.n for each in checked),
            of=claimed.n,
            on=series(dict.fromkeys(each.on for each in checked)),
            is_illustrative=any(each.result_is_illustrative for each in checked),
        ),
        not_checked=_claimed([each for each in alike if each.state == Benefit.State.CLAIMED]),
    )


def _claimed(alike: list[_Alike]) -> Claimed:
    total = sum((each.claimed for each in alike), Decimal(0))
    return Claimed(total, sum(each.n for each in alike), any(each.is_illustrative for each in alike))


def measured_on(benefit: Benefit) -> str:
    """3 forms; of those in scope where councils were asked: 4 of 326 councils. Empty where nothing was measured."""
    return base_words(benefit.n, benefit.scope, benefit.n_words)


def base_words(n: int | None, scope: int | None, words: str) -> str:
    """The same of a number, of how many there are in scope, and what was counted."""
    if n is None:
        return ""
    of = f" of {scope:,}" if scope and words == "councils" and n < scope else ""
    return f"{n:,}{of} {words}".strip()
