"""The Method of Equal Shares: a pot is split equally, and options are bought by those who want them.

Each voter holds an equal share of the pot, by the weight of the vote. In each round, of the options that their
supporters can still pay for together, the one that costs each of them least is funded: all pay the same, and who has
less pays all that is left. (In the literature: approval votes, cardinality utilities.)

Completion by adding one: as long as money of the pot is left for an option that anybody supports, all shares are
raised by £1 and everything is counted again, until the next raise would spend more than the pot. Raises that change
nothing are skipped: every amount is kept with how fast it grows with the shares, which says how long all comparisons
of a count stay as they are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, gcd

FirstOf = Callable[[Sequence[int]], int]  # which of several options that are level comes first


@dataclass(frozen=True)
class Electorate:
    """Who wants what at which price: options in the order of the ballot, votes of the same options together.

    Weights are whole numbers; a vote of weight one weighs `scale`.
    """

    pot: int
    prices: Mapping[int, int]
    votes: Mapping[frozenset[int], int]
    scale: int = 1
    groups: list[tuple[frozenset[int], int]] = field(init=False)
    supporters: dict[int, list[int]] = field(init=False)  # of each option that has any, as places in `groups`
    support: dict[int, int] = field(init=False)  # the weight of these
    weight: int = field(init=False)

    def __post_init__(self) -> None:
        groups = sorted(
            ((wanted, weight) for wanted, weight in self.votes.items() if weight), key=lambda each: sorted(each[0])
        )
        supporters: dict[int, list[int]] = {option: [] for option in self.prices}
        for number, (wanted, _) in enumerate(groups):
            for option in wanted:
                if option in supporters:
                    supporters[option].append(number)
        found = {
            "groups": groups,
            "supporters": {option: held for option, held in supporters.items() if held},
            "support": {option: sum(groups[each][1] for each in held) for option, held in supporters.items() if held},
            "weight": sum(weight for _, weight in groups),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)  # as it is frozen

    def cost(self, options: Iterable[int]) -> int:
        return sum(self.prices[option] for option in options)

    def twins(self) -> dict[int, tuple]:
        """By option what it shares with those that nothing tells apart from it: price and supporters."""
        return {option: (self.prices[option], *held) for option, held in self.supporters.items()}


@dataclass(frozen=True)
class Payment:
    """What an option cost each of its supporters of weight one, but for those who had less and paid what they had."""

    option: int
    each: Fraction
    paid_all: Fraction  # the weight of those who had less


@dataclass
class Shares:
    """One count by equal shares, whose shares were raised by so many pounds."""

    electorate: Electorate
    raised: int
    payments: list[Payment] = field(default_factory=list)
    left: list[Fraction] = field(default_factory=list)  # in the end, for each group and weight one
    changes_at: int | None = None  # the first raise with which the count may be another; None if none is
    beyond: tuple[int, ...] = ()  # what a further raise would have funded, had the pot enough for it
    work: int = 0  # how many purses were looked into

    @property
    def funded(self) -> tuple[int, ...]:
        return tuple(payment.option for payment in self.payments)

    def left_to(self, option: int) -> Fraction:
        """What the supporters of an option have left, together."""
        groups = self.electorate.groups
        held = self.electorate.supporters.get(option, ())
        return sum((groups[group][1] * self.left[group] for group in held), Fraction(0)) / self.electorate.scale


def equal_shares(electorate: Electorate, pick: FirstOf, *, raised: int = 0) -> Shares:
    """The count with shares that were raised by so many pounds, and no completion."""
    return _Purses(electorate, raised).spend(pick)


def completed(electorate: Electorate, pick: FirstOf) -> Shares:
    """The count with the raise at which completion by adding one ends."""
    shares = equal_shares(electorate, pick)
    work = shares.work
    while shares.changes_at is not None and can_afford_more(electorate, shares.funded):
        further = equal_shares(electorate, pick, raised=shares.changes_at)
        work += further.work
        if electorate.cost(further.funded) > electorate.pot:
            shares.beyond = further.funded
            break
        shares = further
    shares.work = work
    return shares


def can_afford_more(electorate: Electorate, funded: Collection[int]) -> bool:
    """Whether the pot has money left for an option that somebody supports."""
    left = electorate.pot - electorate.cost(funded)
    return any(electorate.prices[option] <= left for option in electorate.supporters if option not in funded)


def greedy(electorate: Electorate, pick: FirstOf) -> tuple[int, ...]:
    """For comparison: the option with most supporters first, as long as the pot has the money for it."""
    funded: list[int] = []
    left = electorate.pot
    support = electorate.support
    while fitting := [option for option in support if option not in funded and electorate.prices[option] <= left]:
        most = max(support[option] for option in fitting)
        level = [option for option in fitting if support[option] == most]
        for option in level if electorate.cost(level) <= left else [pick(level)]:
            funded.append(option)
            left -= electorate.prices[option]
    return tuple(funded)


class _Purses:
    """The money of each group for each whole-number weight, as a multiple of 1 / `unit`, and its growth for each £1.

    Whole numbers over one unit are some ten times as fast as fractions, and as exact.
    """

    def __init__(self, electorate: Electorate, raised: int) -> None:
        self.electorate = electorate
        self.result = Shares(electorate, raised)
        total = electorate.weight
        self.unit = max(1, total * electorate.scale)
        self.money = [electorate.pot * electorate.scale + raised * total] * len(electorate.groups)
        self.growth = [total] * len(electorate.groups)
        self.until: Fraction | None = None  # how many pounds more leave every comparison as it is

    def spend(self, pick: FirstOf) -> Shares:
        """Fund options until no supporters can pay for another."""
        support = self.electorate.support
        # The price for each supporter and its growth: as found last, which later rounds can only raise.
        price = {option: (Fraction(self.electorate.prices[option], by), Fraction(0)) for option, by in support.items()}
        while level := self._cheapest(price):
            at_odds = self._at_odds(level, *price[level[0]])
            option = level[0] if len(at_odds) == 1 else pick(at_odds)
            cheapest = price.pop(option)
            self._fund(option)
            for other in price.values():
                self._stays_below(cheapest, other)
        self.result.left = [Fraction(money * self.electorate.scale, self.unit) for money in self.money]
        if self.until is not None:
            self.result.changes_at = self.result.raised + max(1, ceil(self.until))
        return self.result

    def _cheapest(self, price: dict[int, tuple[Fraction, Fraction]]) -> list[int]:
        """The options that cost their supporters least now; drops those which they can pay no more."""
        least: Fraction | None = None
        for option in sorted(price, key=lambda option: price[option][0]):
            if least is not None and price[option][0] > least:
                break
            found = self._price(option)
            if found is None:
                del price[option]
                continue
            rest, weight, growth, _ = found
            price[option] = Fraction(rest, weight * self.unit), Fraction(growth, weight * self.unit)
            if least is None or price[option][0] < least:
                least = price[option][0]
        return [option for option in self.electorate.prices if option in price and price[option][0] == least]

    def _price(self, option: int) -> tuple[int, int, int, int] | None:
        """What an option costs each supporter: the rest that those pay alike who have enough, and their weight.

        Then how that rest grows, and the weight of those who have less. None where all together have too little.
        """
        money, growth, groups = self.money, self.growth, self.electorate.groups
        held = sorted(self.electorate.supporters[option], key=money.__getitem__)
        self.result.work += len(held)
        rest, rest_growth = self.electorate.prices[option] * self.unit, 0
        weight = self.electorate.support[option]
        short = 0
        for number, group in enumerate(held):  # noqa: B007  # where it stops is what counts
            if money[group] * weight >= rest:
                break
            own = groups[group][1]
            rest -= own * money[group]
            rest_growth -= own * growth[group]
            weight -= own
            short += own
        else:
            self._may_change(rest, -rest_growth)
            return None
        # Who has less and who has enough stays so until the price for each passes what they have.
        before = None
        for place, group in enumerate(held):
            if before == (now := (money[group], growth[group])):
                continue
            before = now
            ahead = money[group] * weight - rest
            gains = growth[group] * weight - rest_growth
            if place >= number:
                self._may_change(ahead, -gains)
            else:
                self._may_change(-ahead, gains)
        return rest, weight, rest_growth, short

    def _fund(self, option: int) -> None:
        """Take the price of an option from its supporters."""
        rest, weight, growth, short = self._price(option) or (0, 1, 0, 0)
        scale = self.electorate.scale
        self.result.payments.append(Payment(option, Fraction(rest * scale, weight * self.unit), Fraction(short, scale)))
        shared = gcd(weight, rest, growth)
        rest, weight, growth = rest // shared, weight // shared, growth // shared
        if weight > 1:
            self.unit *= weight
            self.money = [money * weight for money in self.money]
            self.growth = [each * weight for each in self.growth]
        for group in self.electorate.supporters[option]:
            if self.money[group] >= rest:
                self.money[group] -= rest
                self.growth[group] -= growth
            else:
                self.money[group] = self.growth[group] = 0

    def _at_odds(self, level: Sequence[int], least: Fraction, growth: Fraction) -> list[int]:
        """Of options that are level the first and those whose order matters to it.

        The order of two matters where somebody wants both and cannot pay for all that are level and wanted; and to
        each matters what matters to the other.
        """
        if len(level) == 1:
            return [*level]
        wanted, disputes = {*level}, []
        for group, (options, _) in enumerate(self.electorate.groups):
            if len(several := options & wanted) > 1:
                over = Fraction(self.money[group], self.unit) - len(several) * least
                if over < 0:
                    disputes.append(several)
                else:
                    self._stays_positive(over, Fraction(self.growth[group], self.unit) - len(several) * growth)
        at_odds: set[int] = set()
        grown = {level[0]}
        while grown != at_odds:
            at_odds, grown = grown, grown.union(*(several for several in disputes if several & grown))
        return [option for option in level if option in at_odds]

    # How long every comparison stays as it is -------------------------------------------------------------

    def _may_change(self, distance: int, closing: int) -> None:
        """A distance that so much of closes with each £1 is passed then; never, where nothing closes."""
        if closing > 0 and (self.until is None or distance * self.until.denominator < self.until.numerator * closing):
            self.until = Fraction(distance, closing)

    def _stays_positive(self, amount: Fraction, growth: Fraction) -> None:
        if growth < 0:
            pounds = amount / -growth
            self.until = pounds if self.until is None else min(self.until, pounds)

    def _stays_below(self, low: tuple[Fraction, Fraction], high: tuple[Fraction, Fraction]) -> None:
        if high[1] < low[1]:
            self._stays_positive(high[0] - low[0], high[1] - low[1])
