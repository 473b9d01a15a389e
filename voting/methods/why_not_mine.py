"""What would have funded an option that was not funded, found by counting again."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any

from voting.methods.equal_shares import Electorate, Shares, completed

MOST_WORK = 550_000  # purses looked into to say what would have been enough; more are not
SEARCH = 2  # raise it where the search below finds other figures in the same votes
SEARCHED = ("votes", "price")  # what a step says of what would have been enough
FEWEST_TRIES = 2  # of an option, for the trying to be worth its work


def unfunded_steps(shares: Shares, options: list[int]) -> Iterator[dict[str, Any]]:
    """For each option that is not funded: its supporters, what they had left, and what would have been enough."""
    enough = Enough(shares, most_work=MOST_WORK // max(1, len(options)))
    can_try = shares.work * FEWEST_TRIES <= enough.most_work
    for option in options:
        enough.work = 0
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


def with_searches_of(before: list[dict[str, Any]], steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a count, with what an earlier count of the same votes found to be enough."""
    found = {step["option"]: step for step in before if step["kind"] == "unfunded"}
    return [
        {name: value for name, value in step.items() if name not in SEARCHED}
        | {name: value for name, value in found[step["option"]].items() if name in SEARCHED}
        if step["kind"] == "unfunded" and step["option"] in found
        else step
        for step in steps
    ]


class Enough:
    """Tries what would have funded an option, by counting again. Ties go against it."""

    def __init__(self, shares: Shares, *, most_work: int) -> None:
        self.shares = shares
        self.electorate = shares.electorate
        self.most_work = most_work  # for one option, votes and price together
        self.work = 0

    def votes(self, option: int) -> int | None:
        """How many more votes of weight one, for this option alone, would have funded it; None if none found.

        One fewer would not have. The search begins where new votes would pay what its supporters lacked in the end.
        """
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
        """A price at which it would have been funded, within a hundredth of the highest; None if none was found.

        The search begins with what its supporters and the pot had left in the end, and goes up by what they have left
        again, twice as far each time. Where it takes too much work, the highest that was found by then.
        """
        left = self.electorate.pot - self.electorate.cost(self.shares.funded)
        enough, too_much, step = 0, self.electorate.prices[option], 1
        price = max(1, min(int(self.shares.left_to(option)), left, too_much - 1))
        while too_much - enough > max(1, enough // 100) and self.work <= self.most_work:
            again = self._counted_again(option, self._at_price(option, price))
            if option in again.funded:
                enough = price
                left = self.electorate.pot - again.electorate.cost(again.funded)
                step = max(2 * step, enough // 100, min(int(again.left_to(option)), left))
                price = min(enough + step, (enough + too_much) // 2)
            else:
                too_much = price
                price = (enough + too_much) // 2
        return enough or None

    def _at_price(self, option: int, price: int) -> Electorate:
        return replace(self.electorate, prices={**self.electorate.prices, option: price})

    def _with_votes(self, option: int, number: int) -> Electorate:
        alone = frozenset({option})
        more = self.electorate.votes.get(alone, 0) + number * self.electorate.scale
        return replace(self.electorate, votes={**self.electorate.votes, alone: more})

    def _is_funded(self, option: int, electorate: Electorate) -> bool:
        return option in self._counted_again(option, electorate).funded

    def _counted_again(self, option: int, electorate: Electorate) -> Shares:
        again = completed(electorate, lambda level: next(each for each in level if each != option))
        self.work += again.work
        return again
