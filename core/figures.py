"""Numbers with what belongs to them: a share with its base, a sum with its unit, its day and its source.

Whatever prints a percentage or a sum of money prints it through one of these, so that both look and round alike.
"""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from core.words import plain, pounds

PERCENT = "%"
POUNDS = "£"
NONE = "–"  # what nobody measured, and the share of nothing


@dataclass(frozen=True)
class Figure:
    """A number as it is printed: of how many, in which unit, to how many decimals, as at which day, from where.

    `unit` is “%” for a share, “£” or “£ a year” for money, or what is counted, in the plural: “calls”. A share has its
    base as `denominator`, and `base_words` say what that is. Without `places` a number has two decimals at most and no
    noughts at its end; money has pence or none.
    """

    numerator: Decimal | int | None
    denominator: Decimal | int | None = None
    base_words: str = ""
    unit: str = ""
    places: int | None = None
    as_at: dt.date | None = None
    source: str = ""

    @property
    def value(self) -> Decimal | None:
        """What is printed, as a number, rounded half up; None where nothing is known, or of an empty base."""
        if self.numerator is None or self.denominator == 0:
            return None
        exact = Decimal(self.numerator)
        if self.unit == PERCENT and self.denominator is not None:
            exact = 100 * exact / self.denominator
        return exact if self.places is None else exact.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)

    @property
    def number(self) -> str:
        """`£180,000`, `1,200`, `2.5`, `87`: the number without the words of its unit; a dash where there is none."""
        if self.value is None:
            return NONE
        return pounds(self.value, self.places) if self.unit.startswith(POUNDS) else plain(self.value, self.places)

    @property
    def with_unit(self) -> str:
        """`£180,000 a year`, `410 calls`, `1 call`, `87%`; a dash where there is no number."""
        if self.value is None:
            return NONE
        if self.unit == PERCENT and self.denominator and (nearly := self._nearly):
            return nearly
        unit = _of_one(self.unit) if abs(self.value) == 1 else self.unit
        between = "" if unit.startswith((POUNDS, PERCENT)) or not unit else " "
        return f"{self.number}{between}{unit.removeprefix(POUNDS)}"

    @property
    def _nearly(self) -> str:
        """What a share that is neither nothing nor all says where rounding would make it either; none is `0%`."""
        if self.numerator == 0:
            return "0%"
        if self.numerator == self.denominator:
            return "100%"
        least = Decimal(1).scaleb(-(self.places or 0))
        if self.value == 0:
            return f"under {least}%"
        return f"over {100 - least}%" if self.value == 100 else ""

    @property
    def counts(self) -> str:
        """The two numbers of a share: `17 of 317`."""
        return f"{self.numerator:,} of {self.denominator:,}"

    @property
    def of_base(self) -> str:
        """`17 of 317 councils in England`: the two numbers, and what the second is."""
        return f"{self.counts} {self.base_words}".strip()

    def __str__(self) -> str:
        if self.denominator is None:
            return self.with_unit
        return self.of_base if self.value is None else f"{self.of_base} ({self.with_unit})"

    def rounded(self, places: int) -> Self:
        """The same figure to so many decimals."""
        return replace(self, places=places)


@dataclass(frozen=True)
class Share(Figure):
    """A figure that is a share: `count` of `base`, as in 3 of 353 councils (0.8%)."""

    numerator: int
    denominator: int = field()
    unit: str = PERCENT
    places: int | None = 1

    @property
    def count(self) -> int:
        return self.numerator

    @property
    def base(self) -> int:
        return self.denominator


_IRREGULAR = {"people": "person", "analyses": "analysis"}


def _of_one(unit: str) -> str:
    """A unit in the singular: “agreement” for “agreements”, “person a month” for “people a month”."""
    thing, *rest = unit.split(" ")
    one = _IRREGULAR.get(thing) or re.sub(r"(?<=ss|ch|sh)es$|(?<=x)es$|(?<![su])s$", "", re.sub(r"ies$", "y", thing))
    return " ".join([one, *rest])
