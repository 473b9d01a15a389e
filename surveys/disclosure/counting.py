"""Counts opened answers once: for each margin, by group of each breakdown, with the organisations behind them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from surveys.disclosure.values import CHOICE, MULTIPLE, NO, TOTAL, YES, Margin, OpenedAnswers, TablePlan


@dataclass
class GroupTally:
    """What a group answered to a margin, and how much of it came from which organisation."""

    counts: Counter[str] = field(default_factory=Counter)
    organisations: Counter[str] = field(default_factory=Counter)
    amounts: Counter[str] = field(default_factory=Counter)  # sums by organisation, of numbers

    @property
    def base(self) -> int:
        return self.organisations.total()

    @property
    def mean(self) -> Fraction:
        return Fraction(self.amounts.total()) / self.base

    def __add__(self, other: "GroupTally") -> "GroupTally":
        joined = GroupTally(Counter(self.counts), Counter(self.organisations), Counter(self.amounts))
        for own, more in zip(joined._counters, other._counters, strict=True):
            own.update(more)
        return joined

    @property
    def _counters(self) -> tuple[Counter[str], ...]:
        return self.counts, self.organisations, self.amounts


Tallies = dict[tuple[str, str], GroupTally]  # by breakdown and group


def joined(tallies: Mapping[tuple[str, str], GroupTally], breakdown: str, groups: Iterable[str]) -> GroupTally:
    """The tally of several groups of a breakdown together."""
    return reduce(GroupTally.__add__, (tallies[breakdown, group] for group in groups), GroupTally())


def count_respondents(plan: TablePlan, respondents: Sequence[OpenedAnswers]) -> Tallies:
    """Who responded, by group of each breakdown and in all, whatever they answered.

    Raises ValueError for a respondent whose band the plan does not have.
    """
    tallies = _empty(plan, [breakdown.key for breakdown in plan.breakdowns])
    for each in respondents:
        for breakdown in plan.breakdowns:
            if each.bands.get(breakdown.key) not in breakdown.groups:
                raise ValueError(f"Somebody’s band of {breakdown.key} is not in the plan.")
            tallies[breakdown.key, each.bands[breakdown.key]].organisations[each.organisation] += 1
        tallies[TOTAL, TOTAL].organisations[each.organisation] += 1
    return tallies


def count_margin(
    plan: TablePlan, margin: Margin, breakdowns: Sequence[str], respondents: Sequence[OpenedAnswers]
) -> Tallies:
    """What was answered to a margin, by group of these breakdowns and in all; who skipped it is in no tally."""
    tallies = _empty(plan, breakdowns)
    for each in respondents:
        answer = each.answers.get(margin.row.key)
        if answer is None:
            continue
        places = [tallies[TOTAL, TOTAL], *(tallies[key, each.bands[key]] for key in breakdowns)]
        if margin.row.kind == MULTIPLE:
            answer = YES if margin.ticked in answer else NO  # type: ignore[operator]  # a set, as its kind says
        if margin.row.kind in (CHOICE, MULTIPLE) and answer not in margin.choices:
            raise ValueError(f"Somebody’s answer to {margin.key} is not in the plan.")
        for tally in places:
            tally.organisations[each.organisation] += 1
            if margin.is_mean:
                tally.amounts[each.organisation] += answer  # type: ignore[assignment, operator]  # a number, as its kind says
            else:
                tally.counts[answer] += 1  # type: ignore[index]  # a choice, as its kind says
    return tallies


def _empty(plan: TablePlan, breakdowns: Iterable[str]) -> Tallies:
    groups = ((key, group) for key in breakdowns for group in plan.by_key[key].groups)
    return {place: GroupTally() for place in [(TOTAL, TOTAL), *groups]}
