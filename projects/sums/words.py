"""The figures of a business case as people read them."""

from decimal import Decimal

from core.figures import PERCENT, POUNDS, Figure
from core.words import counted, day_in_words, months_in_words
from projects.sums.models import Based, Sums

COLUMNS = ["If savings are", ("Saved a year", "numeric"), ("Paid back in", "numeric")]


def sums_pairs(sums: Sums) -> list[tuple[str, str]]:
    """The five figures that the sum is made of, and of a case on what its cost and saving rest."""
    share = _take_up(sums)
    moved = f"{sums.moved:,}"
    return [
        ("Transactions a year", f"{sums.volume:,}"),
        ("Cost of one today", _pounds(sums.unit_cost_now)),
        *_base("The cost rests on", sums, "cost"),
        ("Take-up assumed", f"{share}, so {moved} of {sums.volume:,} move"),
        ("Saved on each that moves", _pounds(sums.saving_per_unit)),
        *_base("The saving rests on", sums, "saving"),
        ("One-off cost", _pounds(sums.one_off_cost)),
    ]


def _base(words: str, sums: Sums, of: str) -> list[tuple[str, str]]:
    """The line of a base, which says where nothing is known of it; none for an outline, which is not asked."""
    return [(words, base_in_words(sums, of) or "Not said")] if isinstance(sums, Based) else []


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


def saved_a_year(sums: Sums) -> str:
    """£378,000: the yearly saving as assumed."""
    return _pounds(sums.payback().yearly_saving, places=0)


def paid_back_in(sums: Sums) -> str:
    """9 months, 2 years 1 month, Never: after how long the one-off cost comes back as assumed."""
    return months_in_words(sums.payback().months)


def base_in_words(sums: Based, of: str) -> str:
    """`15 councils: Kent and 14 others, as at 3 May 2014`: on what the `cost` or the `saving` rests; else empty."""
    base, councils, day = (getattr(sums, f"{of}_{part}") for part in ("base", "councils", "as_at"))
    return f"{counted(councils, 'council')}: {base}, as at {day_in_words(day)}" if base else ""
