"""From those who report savings to all councils: inputs, rounding rule and growth, and each step of the working."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

RULES = {"up": ROUND_CEILING, "half_up": ROUND_HALF_UP, "none": ""}
RULE_WORDS = {"up": "Up to the next whole council", "half_up": "To the nearest whole council", "none": "Not rounded"}
MOST_YEARS = 50


@dataclass(frozen=True)
class Extrapolation:
    """What a share of councils that save an average each comes to, for them and for all councils.

    `share` and `growth` (a year) are in per cent. `rule` says how a part of a council is rounded, by a key of RULES.
    """

    share: Decimal
    average: Decimal
    councils: int
    growth: Decimal = Decimal()
    years: int = 10
    rule: str = "up"

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 100 or self.average < 0 or self.councils < 0 or not 1 <= self.years <= MOST_YEARS:
            raise ValueError("A share is from 0 to 100, no sum is below nothing, and years are from 1 to 50.")
        if self.rule not in RULES or not -100 <= self.growth <= 1000:
            raise ValueError("The rule is up, half_up or none; growth is from -100 to 1,000.")

    @property
    def exact_saving_councils(self) -> Decimal:
        """How many councils save, with the part of one."""
        return self.share * self.councils / 100

    @property
    def saving_councils(self) -> Decimal:
        """The same, rounded by the rule."""
        rounding = RULES[self.rule]
        exact = self.exact_saving_councils
        return exact.quantize(Decimal(1), rounding) if rounding else exact

    @property
    def of_those_who_save(self) -> Decimal:
        """Pounds in one year at the councils that save already."""
        return self.saving_councils * self.average

    @property
    def of_all(self) -> Decimal:
        """Pounds in one year if every council saved the average."""
        return self.councils * self.average

    @property
    def times(self) -> Decimal:
        """By what one year is multiplied for all the years, with growth from the second on."""
        factor = 1 + self.growth / 100
        return sum((factor**year for year in range(self.years)), Decimal())

    @property
    def of_those_who_save_over_years(self) -> Decimal:
        return self.of_those_who_save * self.times

    @property
    def of_all_over_years(self) -> Decimal:
        return self.of_all * self.times

    def reaches(self, pounds: Decimal | int) -> bool:
        """Whether all councils together save more than that over the years."""
        return self.of_all_over_years > pounds
