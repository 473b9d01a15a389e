"""The four indicators, worked out from what councils return; none of them is stored. Plain values: no queries.

A number that nobody collected stays unknown in every indicator that needs it: it is never counted as 0.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from core.figures import PERCENT, POUNDS, Figure
from core.words import counted, plain

NOT_COLLECTED = "Not collected"
FEW_RATINGS = 30
FALL = 20  # points of take-up
LEAST_FOR_OUTLIER = 10  # returns
OUTLIER_TIMES = 3

NUMBERS = (
    "cost",
    "completed",
    "completed_web",
    "completed_phone",
    "completed_face_to_face",
    "completed_post",
    "started_web",
    "ratings",
    "satisfied",
)


@dataclass(frozen=True)
class Indicator:
    """One of the four: which two numbers of a return make it, and its words."""

    key: str
    name: str
    over: str
    under: str
    how: str  # it is worked out
    of: str  # what stands between and after the two numbers, as in “1,000 finished of 2,000 begun”
    scope: str
    missing: str

    @property
    def is_money(self) -> bool:
        return self.over == "cost"

    def is_known(self, numbers: Mapping[str, Any]) -> bool:
        """Whether it can be worked out: both numbers were collected, and the base is not 0."""
        return numbers.get(self.over) is not None and bool(numbers.get(self.under))

    def figure(self, numbers: Mapping[str, Any], *, as_at: dt.date | None = None, source: str = "") -> Figure | None:
        """The figure of these numbers; None where it is not known."""
        if not self.is_known(numbers):
            return None
        over, under = numbers[self.over], numbers[self.under]
        if self.is_money:
            return Figure(Decimal(over) / under, unit=POUNDS, places=2, as_at=as_at, source=source)
        return Figure(over, under, unit=PERCENT, places=1, as_at=as_at, source=source)

    def said(self, figure: Figure | None) -> str:
        """The figure in a few signs: `£4.12`, `54.1%`, `Not collected`."""
        if figure is None:
            return NOT_COLLECTED
        return figure.number if self.is_money else figure.with_unit

    def workings(self, numbers: Mapping[str, Any]) -> str:
        """`£7,622 / 1,850`: the two numbers; empty where one is missing."""
        return self._in("{over} / {under}", numbers)

    def sentence(self, numbers: Mapping[str, Any]) -> str:
        """`1,000 finished of 2,000 begun`; empty where one is missing."""
        return self._in(self.of, numbers)

    def _in(self, words: str, numbers: Mapping[str, Any]) -> str:
        over, under = numbers.get(self.over), numbers.get(self.under)
        if over is None or under is None:
            return ""
        said = Figure(over, unit=POUNDS).number if self.is_money else plain(over)
        return words.format(over=said, under=plain(under))


COST = Indicator(
    "cost",
    "Cost per transaction",
    "cost",
    "completed",
    "Cost of the service in the quarter, divided by all that were finished, in every channel",
    "{over} for {under} finished",
    "All channels",
    "The cost, or how many were finished, is not counted yet",
)
SATISFACTION = Indicator(
    "satisfaction",
    "User satisfaction",
    "satisfied",
    "ratings",
    "Satisfied and very satisfied, of all who gave a rating. Flagged below 30 ratings",
    "{over} satisfied of {under} who rated it",
    "Whoever gave a rating",
    "Users are not asked yet, so there is no figure",
)
COMPLETION = Indicator(
    "completion",
    "Completion rate",
    "completed_web",
    "started_web",
    "Finished on the web, of those begun on the web. May pass 100% where some were begun the quarter before",
    "{over} finished of {under} begun",
    "On the web",
    "How many are begun or finished on the web is not counted yet",
)
TAKE_UP = Indicator(
    "take-up",
    "Digital take-up",
    "completed_web",
    "completed",
    "Finished on the web, of all finished by web, phone, face to face and post",
    "{over} on the web of {under} finished",
    "All channels",
    "How many are finished in all channels, or on the web, is not counted yet",
)
INDICATORS = (COST, SATISFACTION, COMPLETION, TAKE_UP)
BY_KEY = {each.key: each for each in INDICATORS}


def numbers_of(one: Any) -> dict[str, Any]:
    """The numbers of a return by name."""
    return {name: getattr(one, name) for name in NUMBERS}


def number_in_words(one: Any, name: str) -> str:
    """One number of a return as it is printed: `£7,622`, `1,850`, `Not collected`."""
    number = getattr(one, name)
    if number is None:
        return NOT_COLLECTED
    return Figure(number, unit=POUNDS).number if name == "cost" else plain(number)


def is_measured(numbers: Mapping[str, Any]) -> bool:
    """Whether at least one of the four can be worked out."""
    return any(each.is_known(numbers) for each in INDICATORS)


def has_all_four(numbers: Mapping[str, Any]) -> bool:
    return all(each.is_known(numbers) for each in INDICATORS)


@dataclass(frozen=True)
class UsualCost:
    """What published returns of a service and a quarter cost per transaction: the middle, and of how many."""

    middle: Decimal
    of: int


def usual_cost(costs: Sequence[Decimal]) -> UsualCost | None:
    return UsualCost(median(costs), len(costs)) if costs else None


def flags(
    numbers: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
    usual: UsualCost | None = None,
) -> dict[str, str]:
    """What a reader should know of each indicator of a return before they use it, by its key."""
    found = {each.key: flag_of(each, numbers, before=before, usual=usual) for each in INDICATORS}
    return {key: words for key, words in found.items() if words}


def flag_of(
    each: Indicator,
    numbers: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
    usual: UsualCost | None = None,
) -> str:
    """What a reader should know of one indicator before they use it; empty where there is nothing.

    `before` are the numbers of the quarter before, `usual` what the published returns of the same service and quarter
    cost per transaction.
    """
    figure = each.figure(numbers)
    if figure is None or figure.value is None:
        return ""
    if each is COMPLETION and figure.value > 100:
        return "Over 100%: some were begun in the quarter before"
    if each is SATISFACTION and numbers["ratings"] < FEW_RATINGS:
        return f"Only {counted(numbers['ratings'], 'rating')}: fewer than {FEW_RATINGS} say little"
    if each is TAKE_UP and before and (was := each.figure(before)) and was.value - figure.value > FALL:
        return f"Fell by more than {FALL} points, from {each.said(was)} the quarter before"
    return _outlier(figure.value, usual) if each is COST else ""


def _outlier(cost: Decimal, usual: UsualCost | None) -> str:
    if usual is None or usual.of < LEAST_FOR_OUTLIER:
        return ""
    if usual.middle and cost > OUTLIER_TIMES * usual.middle:
        return f"More than three times the middle of {usual.of} published returns"
    if usual.middle and cost * OUTLIER_TIMES < usual.middle:
        return f"Less than a third of the middle of {usual.of} published returns"
    return ""
