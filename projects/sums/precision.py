"""How precise what follows from the figures of a business case may be: the one place where that is said.

A result has as many significant digits as the least precise of the amounts and shares that it is made of, and at least
two. Amounts are given to the penny and shares to a tenth of a per cent, so £9.00 and 35.0% have three digits, £0.45 and
5.0% two. Counts, as of transactions, are whole and take no digit away.
"""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

FEWEST = 2


def digits_of(figure: Decimal) -> int:
    """How many significant digits a figure has as it is kept: 4 of £10.10, 3 of 35.0%, 2 of £0.45."""
    return len(figure.as_tuple().digits)


def digits_for(figures: Iterable[Decimal]) -> int:
    """To how many digits a result of these figures is given. A figure of nothing takes none away."""
    return max(FEWEST, min((digits_of(figure) for figure in figures if figure), default=FEWEST))


def rounded(amount: Decimal | int, digits: int) -> Decimal:
    """An amount to so many significant digits, rounded half up."""
    return _to(Decimal(amount), digits, ROUND_HALF_UP)


def rounded_up(amount: Decimal | int, digits: int) -> int:
    """A whole number of at least the amount, to so many significant digits: 14 of 13.2, 140 of 137 to two."""
    whole = Decimal(amount).to_integral_value(ROUND_CEILING)
    return int(_to(whole, digits, ROUND_CEILING)) if whole else 0


def _to(amount: Decimal, digits: int, how: str) -> Decimal:
    if not amount:
        return amount
    place = max(Decimal(1).scaleb(amount.adjusted() - digits + 1), Decimal("0.01"))
    return amount.quantize(place, how).quantize(min(place, Decimal(1)))
