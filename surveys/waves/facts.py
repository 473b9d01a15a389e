"""What follows from printed figures, over plain values: changes, ranks, and how many are above half."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HALF = Decimal(50)
AT_ODDS = 5  # points between a share and what its rounded counts give, from which on a reader would stumble


def change_in_points(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """The share of now less that of before, in percentage points; None where either was not printed."""
    return None if before is None or now is None else now - before


def about(count: int | None, base: int, percent: Decimal | int | None) -> str:
    """“about 45 of 95”, of counts to the nearest 5; “mean of about 40” of a mean, which has no count.

    Ten of eleven are 91%, and “about 10 of 10” beside it would read as all of them: there both are “about”.
    """
    if count is None:
        return f"mean of about {base}"
    if percent is None or abs(Decimal(100 * count) / base - percent) <= AT_ODDS:
        return f"about {count} of {base}"
    return f"about {count} of about {base}"


def relative_change(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """By how many per cent of `before` a sum of money changed, to one decimal. Shares change in points."""
    if now is None or not before:
        return None
    return (100 * (now - before) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class RankInTable:
    """A place in the order by size; equal figures share one."""

    number: int
    is_shared: bool

    def __str__(self) -> str:
        return f"{self.number}{'=' if self.is_shared else ''}"


def ranks(values: Mapping[str, Decimal | None]) -> dict[str, RankInTable]:
    """The rank of each key by its value, the largest first; keys without a value have none."""
    known = [value for value in values.values() if value is not None]
    return {
        key: RankInTable(1 + sum(other > value for other in known), known.count(value) > 1)
        for key, value in values.items()
        if value is not None
    }


def places_moved(before: RankInTable | None, now: RankInTable | None) -> int | None:
    """How many places a row rose (negative: fell) since the wave before; None where it has no rank in one of them."""
    return None if before is None or now is None else before.number - now.number


def above_half(values: Iterable[Decimal | None]) -> int:
    """How many shares are above a half."""
    return sum(value is not None and value > HALF for value in values)


def sum_of_rounded(*shares: Decimal) -> Decimal:
    """Shares added up as they are printed, which may differ by 0.1 from the share of the counts together."""
    return sum(shares, Decimal())


def lead_over_second(values: Iterable[Decimal | None]) -> Decimal | None:
    """By how many points the first is ahead of the second; None where there are not two."""
    known = sorted((value for value in values if value is not None), reverse=True)
    return known[0] - known[1] if len(known) > 1 else None
