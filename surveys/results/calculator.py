"""The steps from those who report savings to all councils, in words."""

import datetime as dt
from decimal import Decimal
from typing import Any

from core.figures import PERCENT, POUNDS, Figure
from core.words import day_in_words, plain
from councils.kinds import ENGLISH_KINDS
from councils.queries import counts_by_kind
from surveys.results.forms import ExtrapolationForm, defaults
from surveys.results.queries import ComparedTable
from surveys.results.story import counts_of, source_words
from surveys.waves.extrapolation import RULE_WORDS, Extrapolation

NO_COUNTS = "of how many is not printed"
FIVE_BILLION = 5_000_000_000
COLUMNS = ["Rounding", ("Councils that save", "numeric"), ("One year", "numeric"), ("All years", "numeric")]


def figures_put_in(found: ComparedTable) -> dict[str, Any] | None:
    """What the calculator begins with: the printed share and average of a wave; None where they are not printed."""
    share, average = found.values.get(("yes", "share")), found.values.get(("average", "pounds"))
    if share is None or average is None or share.value is None or average.value is None:
        return None
    kinds = counts_by_kind(_counted_on(found))
    return defaults(share.value, average.value, sum(kinds[kind] for kind in ENGLISH_KINDS))


def where_from(found: ComparedTable) -> list[tuple[str, str]]:
    """Of the figures put in at first: numerator, denominator and base, as at which day, and from where."""
    yes, average = (found.values[place] for place in (("yes", "share"), ("average", "pounds")))
    lines = {line.row.key: line for line in found.lines}
    share, mean = (counts_of(lines[key]) or NO_COUNTS for key in ("yes", "average"))
    day = found.wave.closed_on
    return [
        (
            "Share that report a saving",
            f"{_percent(yes.value or Decimal())}: {share}. {found.asked.base_words}".strip(),
        ),
        ("Average saving", f"{_pounds(average.value or Decimal(), None)}: {mean}."),
        ("Councils", f"Those of England in the directory as at {day_in_words(_counted_on(found))}."),
        ("As at", day_in_words(day) if day else "The day is not known."),
        ("Source", source_words(found)),
    ]


def _counted_on(found: ComparedTable) -> dt.date:
    return found.wave.closed_on or dt.date(found.wave.year, 12, 31)


def shortly(amount: Decimal) -> str:
    """A sum as the report says it: £322m, £3.22bn; smaller ones in full."""
    if amount >= 10**9:
        return f"{_pounds(amount / 10**9, 2)}bn"
    return f"{_pounds(amount / 10**6)}m" if amount >= 10**7 else _pounds(amount)


def _pounds(amount: Decimal, places: int | None = 0) -> str:
    return Figure(amount, unit=POUNDS, places=places).with_unit


def _percent(share: Decimal) -> str:
    """A share with as many decimals as were put in."""
    decimals = max(0, -int(share.normalize().as_tuple().exponent))
    return Figure(share, unit=PERCENT, places=decimals).with_unit


def worked_out(form: ExtrapolationForm) -> dict[str, Any]:
    """The results with each step, and the same by the other rules of rounding."""
    sums = form.extrapolation()
    by_rule = {rule: form.extrapolation(rule=rule) for rule in RULE_WORDS}
    return {
        "sums": sums,
        "results": [
            (shortly(sums.of_those_who_save), "a year at councils that save", _pounds(sums.of_those_who_save)),
            (shortly(sums.of_all), "a year if all councils saved the average", _pounds(sums.of_all)),
            (
                shortly(sums.of_all_over_years),
                f"if all did, over {sums.years} years",
                f"{shortly(sums.of_those_who_save_over_years)} at those that save",
            ),
        ],
        "working": _working(sums),
        "columns": COLUMNS,
        "rows": [
            [words, _councils(each), _pounds(each.of_those_who_save), shortly(each.of_those_who_save_over_years)]
            for words, each in zip(RULE_WORDS.values(), by_rule.values(), strict=True)
        ],
        "difference": _difference(sums, by_rule["up"], by_rule["half_up"]),
        "reaches": sums.reaches(FIVE_BILLION),
        "over_years": shortly(sums.of_all_over_years),
    }


def _councils(sums: Extrapolation) -> str:
    whole = sums.saving_councils == sums.saving_councils.to_integral_value()
    return plain(sums.saving_councils, 0 if whole else 3)


def _working(sums: Extrapolation) -> list[tuple[str, str]]:
    average, years = _pounds(sums.average, None), sums.years
    return [
        (
            "Councils that save",
            f"{_percent(sums.share)} × {sums.councils:,} = {plain(sums.exact_saving_councils, 3)}, "
            f"taken as {_councils(sums)}",
        ),
        ("One year, those that save", f"{_councils(sums)} × {average} = {_pounds(sums.of_those_who_save)}"),
        ("One year, all councils", f"{sums.councils:,} × {average} = {_pounds(sums.of_all)}"),
        (
            f"Over {years} years",
            f"× {plain(sums.times, 4).rstrip('0').rstrip('.')} (growth {_percent(sums.growth)} a year) = "
            f"{_pounds(sums.of_those_who_save_over_years)} and {_pounds(sums.of_all_over_years)}",
        ),
    ]


def _difference(sums: Extrapolation, up: Extrapolation, nearest: Extrapolation) -> str:
    """Why rounding up and rounding to the nearest differ; empty where they do not."""
    if up.saving_councils == nearest.saving_councils:
        return ""
    return (
        f"{_percent(sums.share)} of {sums.councils:,} is {plain(sums.exact_saving_councils, 3)}. Rounded up that "
        f"is {_councils(up)} councils and {_pounds(up.of_those_who_save)} a year; rounded to the nearest it is "
        f"{_councils(nearest)} and {_pounds(nearest.of_those_who_save)}. One council is {_pounds(sums.average)}."
    )
