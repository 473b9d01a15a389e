"""What was promised, and what was measured: two sums that are never one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assets_registry.models import YEARLY_SAVING, Benefit


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


def sums(benefits: Iterable[Benefit], *, unit: str = YEARLY_SAVING) -> BenefitSums:
    """The promises of `unit` among `benefits`; other units are other sums."""
    alike = [benefit for benefit in benefits if benefit.unit == unit]
    checked = [benefit for benefit in alike if benefit.state != Benefit.State.CLAIMED]
    waiting = [benefit for benefit in alike if benefit.state == Benefit.State.CLAIMED]
    return BenefitSums(
        unit=unit,
        claimed=_claimed(alike),
        confirmed=Confirmed(
            sum((b.result or Decimal(0) for b in checked), Decimal(0)),
            n=len(checked),
            of=len(alike),
            on=" and ".join(dict.fromkeys(measured_on(benefit) for benefit in checked)),
            is_illustrative=any(benefit.result_is_illustrative for benefit in checked),
        ),
        not_checked=_claimed(waiting),
    )


def _claimed(benefits: list[Benefit]) -> Claimed:
    total = sum((benefit.claimed for benefit in benefits), Decimal(0))
    return Claimed(total, len(benefits), any(benefit.is_illustrative for benefit in benefits))


def measured_on(benefit: Benefit) -> str:
    """3 forms; of those in scope where councils were asked: 4 of 326 councils. Empty where nothing was measured."""
    if benefit.n is None:
        return ""
    part = benefit.scope and benefit.n_words == "councils" and benefit.n < benefit.scope
    of = f" of {benefit.scope:,}" if part else ""
    return f"{benefit.n:,}{of} {benefit.n_words}".strip()
