"""The figures of a business case as people read them."""

from decimal import Decimal

from core.words import counted, months_in_words, pounds
from projects.sums.models import Sums

COLUMNS = ["If savings are", ("Saved a year", "numeric"), ("Paid back in", "numeric")]


def sums_pairs(sums: Sums) -> list[tuple[str, str]]:
    """The five figures that the sum is made of."""
    share = f"{sums.take_up.normalize():f}%"
    moved = f"{int(sums.volume * sums.take_up / 100):,}"
    return [
        ("Transactions a year", f"{sums.volume:,}"),
        ("Cost of one today", pounds(sums.unit_cost_now)),
        ("Take-up assumed", f"{share}, so {moved} of {sums.volume:,} move"),
        ("Saved on each that moves", pounds(sums.saving_per_unit)),
        ("One-off cost", pounds(sums.one_off_cost)),
    ]


def sum_in_words(sums: Sums) -> str:
    """What the yearly saving is made of: 120,000 transactions a year × 35% × £9."""
    share = f"{sums.take_up.normalize():f}%"
    return f"{counted(sums.volume, 'transaction')} a year × {share} × {pounds(sums.saving_per_unit)}"


def sums_table(sums: Sums) -> list[list[str]]:
    """Payback with savings 20 % less, as assumed, and 20 % more."""
    return [
        [words.capitalize(), pounds(result.yearly_saving.quantize(Decimal(1))), months_in_words(result.months)]
        for words, result in sums.sensitivity().items()
    ]
