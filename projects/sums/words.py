"""The figures of a business case as people read them."""

from decimal import Decimal

from core.figures import PERCENT, POUNDS, Figure
from core.words import counted, months_in_words
from projects.sums.models import Sums

COLUMNS = ["If savings are", ("Saved a year", "numeric"), ("Paid back in", "numeric")]


def sums_pairs(sums: Sums) -> list[tuple[str, str]]:
    """The five figures that the sum is made of."""
    share = _take_up(sums)
    moved = f"{int(sums.volume * sums.take_up / 100):,}"
    return [
        ("Transactions a year", f"{sums.volume:,}"),
        ("Cost of one today", _pounds(sums.unit_cost_now)),
        ("Take-up assumed", f"{share}, so {moved} of {sums.volume:,} move"),
        ("Saved on each that moves", _pounds(sums.saving_per_unit)),
        ("One-off cost", _pounds(sums.one_off_cost)),
    ]


def _take_up(sums: Sums) -> str:
    """35%, 12.5%."""
    is_whole = sums.take_up == sums.take_up.to_integral_value()
    return Figure(sums.take_up, unit=PERCENT, places=0 if is_whole else 1).with_unit


def _pounds(amount: Decimal, *, places: int | None = None) -> str:
    return Figure(amount, unit=POUNDS, places=places).with_unit


def sum_in_words(sums: Sums) -> str:
    """What the yearly saving is made of: 120,000 transactions a year × 35% × £9."""
    share = _take_up(sums)
    return f"{counted(sums.volume, 'transaction')} a year × {share} × {_pounds(sums.saving_per_unit)}"


def sums_table(sums: Sums) -> list[list[str]]:
    """Payback with savings 20 % less, as assumed, and 20 % more."""
    return [
        [words.capitalize(), _pounds(result.yearly_saving, places=0), months_in_words(result.months)]
        for words, result in sums.sensitivity().items()
    ]
