"""How figures are printed: the same input gives the same figure each time, so that nothing averages out."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NEAREST = 5
SIGNIFICANT = 2


def to_nearest(count: int) -> int:
    """The count to the nearest 5: 12 is 10, 13 is 15."""
    return (count + NEAREST // 2) // NEAREST * NEAREST


def whole_percent(count: int, *, of: int) -> int:
    """The share in whole per cent, half up, of the counts as they are and not as they are printed."""
    return (200 * count + of) // (2 * of)


def whole(mean: Fraction) -> int:
    """The mean as a whole number, half up."""
    return int((mean + Fraction(1, 2)) // 1)


def two_figures(mean: Fraction) -> int:
    """The mean of money to two significant figures: 1,401,316 is 1,400,000."""
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    if exact == 0:
        return 0
    return int(exact.quantize(Decimal(1).scaleb(max(0, exact.adjusted() - SIGNIFICANT + 1)), ROUND_HALF_UP))
