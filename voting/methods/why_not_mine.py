"""What would have funded an option that was not funded, found by counting again."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any

from voting.methods.equal_shares import Electorate, Shares, completed

MOST_WORK = 2_000_000  # purses looked into to say what would have been enough; more are not
FEWEST_TRIES = 3  # of an option, for the trying to be worth its work


def unfunded_steps(shares: Shares, options: list[int]) -> Iterator[dict[str, Any]]:
    """For each option that is not funded: its supporters, what they had left, and what would have been enough."""
    enough = Enough(shares, most_work=MOST_WORK // max(1, len(options)))
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


class Enough:
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
        """The highest price in whole pounds at which it would have been funded; None if none was found.

        The search begins with what its supporters and the pot had left in the end. Where it takes too much work, the
        highest that was found by then.
        """
        self.work = 0
        left = self.electorate.pot - self.electorate.cost(self.shares.funded)
        enough, too_much = 0, self.electorate.prices[option]
        price = max(1, min(int(self.shares.left_to(option)), left, too_much - 1))
        while too_much - enough > 1:
            if self._is_funded(option, self._at_price(option, price)):
                enough = price
            else:
                too_much = price
            if self.work > self.most_work:
                break
            price = (enough + too_much) // 2
        return enough or None

    def _at_price(self, option: int, price: int) -> Electorate:
        return replace(self.electorate, prices={**self.electorate.prices, option: price})

    def _with_votes(self, option: int, number: int) -> Electorate:
        alone = frozenset({option})
        more = self.electorate.votes.get(alone, 0) + number * self.electorate.scale
        return replace(self.electorate, votes={**self.electorate.votes, alone: more})

    def _is_funded(self, option: int, electorate: Electorate) -> bool:
        again = completed(electorate, lambda level: next(each for each in level if each != option))
        self.work += again.work
        return option in again.funded
