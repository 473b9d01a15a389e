"""When a group may be printed at all: each rule says in plain words why not, or nothing.

Which of them held a figure back is never printed: “fewer than 10 answered” or “all alike” would itself be told of them.
"""

from collections import Counter

from core.figures import PERCENT, Figure
from surveys.disclosure.counting import GroupTally
from surveys.disclosure.values import MONEY, Limits, Margin, Scale


def too_few_respondents(tally: GroupTally, limits: Limits) -> str:
    """Nothing is printed on a base below ten."""
    return f"Fewer than {limits.respondents} people answered." if tally.base < limits.respondents else ""


def too_few_organisations(tally: GroupTally, limits: Limits) -> str:
    """Ten officers of one council are one council: five organisations at least stand behind a figure."""
    few = len(tally.organisations) < limits.organisations
    return f"The answers come from fewer than {limits.organisations} organisations." if few else ""


def one_organisation_dominates(tally: GroupTally, limits: Limits) -> str:
    """No organisation gives more than two fifths of a group's answers."""
    over = 100 * _largest(tally.organisations, 1) > limits.largest_percent * tally.base
    return f"One organisation gave more than {_percent(limits.largest_percent)} of the answers." if over else ""


def all_alike(tally: GroupTally, scale: Scale, limits: Limits) -> str:
    """0% or 100% of fewer than thirty says what each of them answered, or did not.

    A scale of one category says nothing but that people answered, and is never printed.
    """
    if tally.base >= limits.alike:
        return ""
    shares = [sum(tally.counts[choice] for choice in category.choices) for category in scale]
    alike = any(share in (0, tally.base) for share in shares)
    return f"All, or none, of fewer than {limits.alike} people gave the same answer." if alike else ""


def mean_at_its_end(tally: GroupTally, margin: Margin, limits: Limits) -> str:
    """A mean of nought, or of the most there can be, says among fewer than thirty what each of them answered."""
    ends = {0} if margin.row.most is None else {0, margin.row.most * tally.base}
    alike = tally.base < limits.alike and tally.amounts.total() in ends
    return f"All of fewer than {limits.alike} people gave the same answer." if alike else ""


def too_few_give_money(tally: GroupTally, limits: Limits) -> str:
    """A mean of money needs ten organisations."""
    few = len(tally.organisations) < limits.money_organisations
    return f"The sums come from fewer than {limits.money_organisations} organisations." if few else ""


def one_gives_most_money(tally: GroupTally, limits: Limits) -> str:
    """No organisation gives more than two fifths of the sum."""
    over = 100 * _largest(tally.amounts, 1) > limits.money_largest_percent * tally.amounts.total()
    return f"One organisation gave more than {_percent(limits.money_largest_percent)} of the sum." if over else ""


def two_give_most_money(tally: GroupTally, limits: Limits) -> str:
    """No two organisations give more than three fifths of the sum: either would know the other's."""
    over = 100 * _largest(tally.amounts, 2) > limits.money_two_largest_percent * tally.amounts.total()
    return f"Two organisations gave more than {_percent(limits.money_two_largest_percent)} of the sum." if over else ""


OF_GROUPS = [too_few_respondents, too_few_organisations, one_organisation_dominates]
OF_MONEY = [too_few_give_money, one_gives_most_money, two_give_most_money]


def why_no_group(tally: GroupTally, limits: Limits) -> str:
    """Why a group has no column in any table, or nothing where it may have one."""
    return next((why for rule in OF_GROUPS if (why := rule(tally, limits))), "")


def why_withheld(tally: GroupTally, margin: Margin, scale: Scale, limits: Limits) -> str:
    """Why what a group answered to a margin is withheld on this scale, or nothing where it may be printed."""
    if why := why_no_group(tally, limits):
        return why
    if not margin.is_mean:
        return all_alike(tally, scale, limits)
    if margin.row.kind == MONEY and (why := next((why for rule in OF_MONEY if (why := rule(tally, limits))), "")):
        return why
    return mean_at_its_end(tally, margin, limits)


def _largest(parts: Counter[str], how_many: int) -> int:
    return sum(part for _, part in parts.most_common(how_many))


def _percent(number: int) -> str:
    return Figure(number, unit=PERCENT).with_unit
