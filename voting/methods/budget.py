"""A pot of money, spent by the Method of Equal Shares."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from core.words import counted, pounds, series
from voting.methods.base import (
    Method,
    Saying,
    Titles,
    order_step,
    reaches_threshold,
    settled,
    share_in_words,
    whole_weights,
)
from voting.methods.equal_shares import Electorate, Pick, Shares, completed, equal_shares, greedy
from voting.methods.every_way import every_way, in_all_and_in_some
from voting.methods.values import Count, Explained, OptionLine, PlainVote, Rules, shown

MOST_WORK = 3_000_000  # purses looked into to try ties, and to say what would have been enough; more are not
FEWEST_TRIES = 3  # of an option, for the trying to be worth its work


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
    not_a_value = "A tick counts one."

    def why_not(self, rules: Rules) -> list[str]:
        reasons = super().why_not(rules)
        if rules.pot is None or rules.pot < 1:
            reasons.append("Say how much money there is to spend.")
        unpriced = [option for option in rules.options if rules.prices.get(option, 0) < 1]
        if unpriced:
            reasons.append(f"Every option needs a price in whole pounds: {counted(len(unpriced), 'option')} have none.")
        elif rules.pot:
            dear = [option for option in rules.options if rules.prices[option] > rules.pot]
            if dear:
                reasons.append(
                    f"{counted(len(dear), 'option')} cost more than the pot of {pounds(rules.pot)} and could never be "
                    "funded: raise the pot or take them out."
                )
            elif sum(rules.prices[option] for option in rules.options) <= rules.pot:
                reasons.append(f"The pot of {pounds(rules.pot)} pays for every option: there is nothing to vote on.")
        return reasons

    def rule_words(self, rules: Rules) -> str:
        return f"Tick what you would fund. There is {pounds(rules.pot or 0)} to spend."

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
                *_unfunded_steps(shares, [option for option in rules.options if option not in chosen | tied], rules),
            ),
        )

    # Saying what happened ---------------------------------------------------------------------------------

    def explain(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying = shown) -> list[Explained]:
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for step in count.steps:
            by_kind.setdefault(step["kind"], []).append(step)
        parts = [_funded(by_kind["shares"][0], count, rules, title_of, say)]
        parts += settled(count, title_of)
        parts.append(_compared(by_kind["greedy"][0], count, rules, title_of))
        if unfunded := by_kind.get("unfunded"):
            parts.append(_why_not_mine(unfunded, rules, title_of, say))
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

    def counted_with(pick: Pick) -> Shares:
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


# Why not mine? --------------------------------------------------------------------------------------------


def _unfunded_steps(shares: Shares, options: list[int], rules: Rules) -> Iterator[dict[str, Any]]:
    """For each option that is not funded: its supporters, what they had left, and what would have been enough."""
    enough = _Enough(shares, most_work=MOST_WORK // max(1, len(options)))
    can_try = shares.work * FEWEST_TRIES <= enough.most_work
    for option in options:
        step: dict[str, Any] = {"kind": "unfunded", "option": option}
        if option not in shares.electorate.prices:
            yield step | {"why": "threshold"}
            continue
        step |= {"why": "money", "left": str(shares.left_to(option))}
        if can_try and (votes := enough.votes(option)) is not None:
            step["votes"] = votes
        if can_try and (price := enough.price(option)) is not None:
            step["price"] = price
        yield step


class _Enough:
    """Tries what would have funded an option, by counting again. Ties go against it."""

    def __init__(self, shares: Shares, *, most_work: int) -> None:
        self.shares = shares
        self.electorate = shares.electorate
        self.most_work = most_work  # for one option
        self.work = 0

    def votes(self, option: int) -> int | None:
        """How many more votes of weight one, for this option alone, would have funded it; None if none found.

        One fewer would not have. The search begins where new votes would pay what its supporters lacked in the end.
        """
        self.work = 0
        pot, price = self.electorate.pot, self.electorate.prices[option]
        voted = Fraction(self.electorate.weight, self.electorate.scale)
        if price >= pot or not voted:
            return None
        enough: int | None = None
        too_few, step = 0, 1
        number = max(1, ceil((price - self.shares.left_to(option)) / (pot / voted + self.shares.raised)))
        while enough is None or enough - too_few > 1:
            if self._is_funded(option, self._with_votes(option, number)):
                enough = number
                number = max(enough - step, (too_few + enough) // 2)
            elif number >= price * voted / (pot - price) or self.work > self.most_work:
                return None  # though so many could pay for it by themselves
            else:
                too_few = number
                number = too_few + step if enough is None else min(too_few + step, (too_few + enough) // 2)
            step *= 2
        return enough if self.work <= self.most_work else None

    def price(self, option: int) -> int | None:
        """A price at which it would have been funded: what its supporters and the pot had left. None if it is not."""
        left = self.electorate.pot - self.electorate.cost(self.shares.funded)
        lower = min(int(self.shares.left_to(option)), left, self.electorate.prices[option] - 1)
        if lower < 1:
            return None
        cheaper = replace(self.electorate, prices={**self.electorate.prices, option: lower})
        return lower if self._is_funded(option, cheaper) else None

    def _with_votes(self, option: int, number: int) -> Electorate:
        alone = frozenset({option})
        more = self.electorate.votes.get(alone, 0) + number * self.electorate.scale
        return replace(self.electorate, votes={**self.electorate.votes, alone: more})

    def _is_funded(self, option: int, electorate: Electorate) -> bool:
        again = completed(electorate, lambda level: next(each for each in level if each != option))
        self.work += again.work
        return option in again.funded


# In words -------------------------------------------------------------------------------------------------


def _money(amount: Fraction) -> str:
    """A sum of money, rounded half up to the penny where it is not whole pounds."""
    if amount.denominator == 1:
        return pounds(amount.numerator)
    return pounds(Decimal((200 * amount + 1) // 2) / 100, 2)


def _funded(step: dict[str, Any], count: Count, rules: Rules, title_of: Titles, say: Saying) -> Explained:
    """What was funded, in this order, and what it cost whom."""
    support = {line.option: line.supporters for line in count.lines}
    raised = f", raised by {pounds(step['raised'])} to spend what is left" if step["raised"] else ""
    spent = sum(rules.prices[option] for option, *_ in step["payments"])
    sentence = (
        f"Each vote holds an equal share of the pot, {_money(Fraction(step['share']))}{raised}. In each round what "
        "costs its supporters least is funded, and they pay alike. "
        f"{pounds(spent)} of {pounds(rules.pot or 0)} is spent."
    )
    if step["beyond"]:
        sentence += (
            f" Raised further, the shares would fund {series(map(title_of, step['beyond']))}: more than the pot."
        )
    if step["is_tied"]:
        sentence += " Some options are tied: this is what follows where ties go by the order of the ballot."
    if rules.threshold is not None:
        sentence += f" Only options with the support of at least {share_in_words(rules.threshold)} of the votes count."
    return Explained(
        "Equal shares",
        sentence,
        ("Round", "Funded", "Price", "Supporters", "Each paid", "Paid less, all they had left"),
        tuple(
            (
                number,
                title_of(option),
                pounds(rules.prices[option]),
                say(support[option]),
                _money(Fraction(each)),
                say(Fraction(short)),
            )
            for number, (option, each, short) in enumerate(step["payments"], start=1)
        ),
    )


def _compared(step: dict[str, Any], count: Count, rules: Rules, title_of: Titles) -> Explained:
    """What greedy would fund, beside what is funded."""
    support = {line.option: line.supporters for line in count.lines}

    def said(option: int, chosen: Iterable[int], tied: Iterable[int]) -> str:
        return "Funded" if option in chosen else "Tied" if option in tied else "Not funded"

    rows = tuple(
        (
            title_of(option),
            said(option, count.chosen, count.tied),
            said(option, step["chosen"], step["tied"]),
        )
        for option in sorted(rules.options, key=lambda option: -support[option])
    )
    is_same = all(ours == theirs for _, ours, theirs in rows)
    return Explained(
        "Beside it: most supporters first",
        "Greedy funds the option with most supporters first, while the money lasts. "
        + ("It would fund the same." if is_same else "It would fund others."),
        ("Option", "Equal shares", "Most supporters first"),
        rows,
    )


def _why_not_mine(steps: list[dict[str, Any]], rules: Rules, title_of: Titles, say: Saying) -> Explained:
    """Each option that was not funded, with what would have been enough."""
    return Explained(
        "Why not mine?",
        "What each option that was not funded lacked. Ties would go against it.",
        ("Option", "Price", "Supporters had left", "What would have been enough"),
        tuple(
            (
                title_of(step["option"]),
                pounds(rules.prices[step["option"]]),
                _money(Fraction(step["left"])) if "left" in step else "–",
                _enough_words(step, rules),
            )
            for step in steps
        ),
    )


def _enough_words(step: dict[str, Any], rules: Rules) -> str:
    if step["why"] == "threshold" and rules.threshold is not None:
        return f"The support of {share_in_words(rules.threshold)} of the votes"
    ways = []
    if "votes" in step:
        ways.append(f"{counted(step['votes'], 'more vote')} for it alone")
    if "price" in step:
        ways.append(f"a price of {pounds(step['price'])}")
    words = series(ways, last="or") or "More votes for it, or a lower price"
    return words[0].upper() + words[1:]
