"""What was promised, and what was measured: two sums that are never one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assets_registry.models import Benefit


@dataclass(frozen=True)
class Claimed:
    """The sum of what was promised, over `n` promises."""

    total: Decimal
    n: int


@dataclass(frozen=True)
class Confirmed:
    """The sum of what was measured where a promise was checked: `n` of `of` promises."""

    total: Decimal
    n: int
    of: int


@dataclass(frozen=True)
class BenefitSums:
    """Promised beside measured, in one unit. There is no sum of both."""

    unit: str
    claimed: Claimed
    confirmed: Confirmed
    not_checked: Claimed


def sums(benefits: Iterable[Benefit], *, unit: str = "£ a year") -> BenefitSums:
    """The promises of `unit` among `benefits`; other units are other sums."""
    alike = [benefit for benefit in benefits if benefit.unit == unit]
    checked = [benefit for benefit in alike if benefit.state != Benefit.State.CLAIMED]
    waiting = [benefit for benefit in alike if benefit.state == Benefit.State.CLAIMED]
    return BenefitSums(
        unit=unit,
        claimed=Claimed(sum((b.claimed for b in alike), Decimal(0)), len(alike)),
        confirmed=Confirmed(sum((b.result or Decimal(0) for b in checked), Decimal(0)), len(checked), len(alike)),
        not_checked=Claimed(sum((b.claimed for b in waiting), Decimal(0)), len(waiting)),
    )
