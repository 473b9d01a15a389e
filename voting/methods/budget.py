"""A pot of money, spent by the Method of Equal Shares."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from core.words import counted, one_or_many, series
from voting.methods import budget_words
from voting.methods.base import (
    Method,
    Saying,
    Titles,
    order_step,
    reaches_threshold,
    settled,
    whole_weights,
)
from voting.methods.equal_shares import Electorate, FirstOf, Shares, completed, equal_shares, greedy
from voting.methods.every_way import every_way, in_all_and_in_some
from voting.methods.values import Count, Explained, OptionLine, PlainVote, Rules, in_pounds, shown
from voting.methods.why_not_mine import unfunded_steps

MOST_WORK = 2_000_000  # purses looked into to try every order of what is level; more are not


class Budget(Method):
    """Each voter ticks what they would fund; equal shares of the pot buy it, completed by raising the shares by £1.

    Beside it stands what greedy would fund: most supporters first, while the money lasts.
    """

    key = "budget"
    name = "Budget"
    asks = "spend a budget"
    settings = frozenset({"pot", "prices", "threshold"})
    nothing = "Tick at least one."
    highest = 1
    ticks = True
    not_a_value = "A tick counts one."

    def why_not(self, rules: Rules) -> list[str]:
        reasons = super().why_not(rules)
        if rules.pot is None or rules.pot < 1:
            reasons.append("Say how much money there is to spend.")
        unpriced = [option for option in rules.options if rules.prices.get(option, 0) < 1]
        if unpriced:
            reasons.append(
                f"Every option needs a price in whole pounds: {counted(len(unpriced), 'option')} "
                f"{one_or_many(len(unpriced), 'has', 'have')} none."
            )
        elif rules.pot:
            dear = [option for option in rules.options if rules.prices[option] > rules.pot]
            if dear:
                reasons.append(
                    f"{counted(len(dear), 'option')} {one_or_many(len(dear), 'costs', 'cost')} more than the pot of "
                    f"{in_pounds(rules.pot)} and could never be funded: raise the pot, or leave out what is dearer."
                )
            elif sum(rules.prices[option] for option in rules.options) <= rules.pot:
                reasons.append(f"The pot of {in_pounds(rules.pot)} pays for every option: there is nothing to vote on.")
        return reasons

    def rule_words(self, rules: Rules) -> str:
        return f"Tick what you would fund. There is {in_pounds(rules.pot or 0)} to spend."

    # Counting ---------------------------------------------------------------------------------------------

    def count(self, votes: Iterable[PlainVote], rules: Rules) -> Count:
        electorate, lines, voted = _electorate(votes, rules)
        twins = electorate.twins()
        options = [option for option in rules.options if option in twins]
        level_ones: list[list[int]] = []
        if rules.has_order:
            ways, are_all = [completed(electorate, _first)], True
            level_ones = _settled_by_order(ways[0])
            chosen, tied = {*ways[0].funded}, set[int]()
        else:
            ways, are_all = _every_completed(electorate, options)
            chosen, tied = in_all_and_in_some((way.funded for way in ways), twins)
            if not are_all:
                chosen, tied = set(), {*options}
        shares = ways[0]
        funded = tuple(option for option in shares.funded if option in chosen)
        most_funded = max(len(way.funded) for way in ways)
        return Count(
            lines=tuple(lines),
            voted=voted,
            chosen=funded,
            tied=tuple(option for option in options if option in tied),
            places_tied_for=max(1, most_funded - len(chosen)) if tied else 0,
            steps=(
                _shares_step(shares, is_tied=bool(tied)),
                *(order_step(level, level[:1]) for level in level_ones),
                *([] if are_all else [{"kind": "too_many_ways"}]),
                _greedy_step(electorate, options),
                *unfunded_steps(shares, [option for option in rules.options if option not in chosen | tied]),
            ),
        )

    # Saying what happened ---------------------------------------------------------------------------------

    def explain(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying = shown) -> list[Explained]:
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for step in count.steps:
            by_kind.setdefault(step["kind"], []).append(step)
        parts = [budget_words.funded(by_kind["shares"][0], count, rules, title_of, say)]
        parts += settled(count, title_of)
        parts.append(budget_words.compared(by_kind["greedy"][0], count, rules, title_of))
        if unfunded := by_kind.get("unfunded"):
            parts.append(budget_words.why_not_mine(unfunded, count, rules, title_of, say))
        return parts

    def ties(self, count: Count, rules: Rules, title_of: Titles) -> str:
        if not count.tied:
            return ""
        names = series(title_of(option) for option in count.tied)
        if any(step["kind"] == "too_many_ways" for step in count.steps):
            return f"So many options are level that not every order of them was tried: {names} are tied."
        if len(count.tied) == 1:
            return f"Whether {names} is funded depends on a tie that nothing decides."
        return f"{names} are tied: the pot does not pay for all of them, and nothing says which comes first."


def _electorate(votes: Iterable[PlainVote], rules: Rules) -> tuple[Electorate, list[OptionLine], Fraction]:
    """The votes for options that reach the threshold, a line for every option, and the weight of all votes."""
    scale, weighted = whole_weights(votes)
    together: dict[frozenset[int], int] = {}
    for marks, weight in weighted:
        wanted = frozenset(mark.option for mark in marks if mark.value)
        together[wanted] = together.get(wanted, 0) + weight
    voted = Fraction(sum(together.values()), scale)
    support = dict.fromkeys(rules.options, 0)
    for wanted, weight in together.items():
        for option in wanted:
            support[option] += weight
    lines = [OptionLine(o, Fraction(support[o], scale), Fraction(support[o], scale)) for o in rules.options]
    able = {line.option for line in lines if reaches_threshold(line.supporters, voted, rules)}
    prices = {option: rules.prices[option] for option in rules.options if option in able}
    return Electorate(rules.pot or 0, prices, together, scale), lines, voted


def _first(level: Sequence[int]) -> int:
    """Of options that are level the first on the ballot."""
    return level[0]


def _settled_by_order(shares: Shares) -> list[list[int]]:
    """The ties that the order of the ballot settled in a count."""
    level_ones: list[list[int]] = []

    def noting(level: Sequence[int]) -> int:
        level_ones.append([*level])
        return _first(level)

    equal_shares(shares.electorate, noting, raised=shares.raised)
    return level_ones


def _every_completed(electorate: Electorate, options: Sequence[int]) -> tuple[list[Shares], bool]:
    """The counts for every order of the options, and whether all were tried."""
    work = 0

    def counted_with(pick: FirstOf) -> Shares:
        nonlocal work
        shares = completed(electorate, pick)
        work += shares.work
        return shares

    return every_way(counted_with, options, electorate.twins(), is_too_long=lambda: work > MOST_WORK)


def _shares_step(shares: Shares, *, is_tied: bool) -> dict[str, Any]:
    electorate = shares.electorate
    return {
        "kind": "shares",
        "share": str(Fraction(electorate.pot * electorate.scale, electorate.weight or 1)),
        "raised": shares.raised,
        "payments": [[payment.option, str(payment.each), str(payment.paid_all)] for payment in shares.payments],
        "beyond": [*shares.beyond],
        "is_tied": is_tied,
    }


def _greedy_step(electorate: Electorate, options: list[int]) -> dict[str, Any]:
    """What greedy would fund, and what it could not decide."""
    twins = {option: (electorate.prices[option], electorate.support[option]) for option in options}
    ways, are_all = every_way(lambda pick: greedy(electorate, pick), options, twins)
    chosen, tied = in_all_and_in_some(ways, twins) if are_all else (set[int](), {*options})
    return {
        "kind": "greedy",
        "chosen": [option for option in ways[0] if option in chosen],
        "tied": [option for option in options if option in tied],
    }
