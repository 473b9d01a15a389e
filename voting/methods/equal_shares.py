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
from math import gcd

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
    funded: tuple[int, ...] = ()
    changes_at: int | None = None  # the first raise with which the count may be another; None if none is
    beyond: tuple[int, ...] = ()  # what a further raise would have funded, had the pot enough for it
    work: int = 0  # how many purses were looked into
    # As whole numbers, since most counts are only asked what they fund: see `payments` and `left_to`.
    paid: list[tuple[int, int, int, int]] = field(default_factory=list)
    money: list[int] = field(default_factory=list)  # in the end, for each group and weight one
    unit: int = 1

    @property
    def payments(self) -> list[Payment]:
        """What was funded, in order, with what each paid."""
        scale = self.electorate.scale
        return [
            Payment(option, Fraction(rest * scale, each), Fraction(short, scale))
            for option, rest, each, short in self.paid
        ]

    def left_to(self, option: int) -> Fraction:
        """What the supporters of an option have left, together."""
        groups = self.electorate.groups
        held = self.electorate.supporters.get(option, ())
        return Fraction(sum(groups[group][1] * self.money[group] for group in held), self.unit)


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


@dataclass(frozen=True, slots=True)
class _Offer:
    """What an option costs each supporter that has enough, `rest` / `each`, and how that grows for each £1.

    `floor` rises with the price: where two differ, so do the prices, and nothing need be multiplied.
    """

    rest: int
    growth: int
    each: int
    floor: int

    @classmethod
    def of(cls, rest: int, growth: int, each: int) -> "_Offer":
        return cls(rest, growth, each, (rest << 32) // each)

    def is_less(self, other: "_Offer") -> bool:
        if self.floor != other.floor:
            return self.floor < other.floor
        return self.rest * other.each < other.rest * self.each

    def is_level(self, other: "_Offer") -> bool:
        return self.floor == other.floor and self.rest * other.each == other.rest * self.each


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
        self.until = 1, 0  # how many pounds more leave every comparison as it is, over what; over 0 without end
        self.found: dict[int, tuple[int, int, int, int]] = {}  # of each option as it was looked at in this round

    def spend(self, pick: FirstOf) -> Shares:
        """Fund options until no supporters can pay for another."""
        # As found last, which later rounds can only raise.
        offers = {o: _Offer.of(self.electorate.prices[o], 0, by) for o, by in self.electorate.support.items()}
        funded = []
        while level := self._cheapest(offers):
            least = offers[level[0]]
            at_odds = self._at_odds(level, least)
            option = level[0] if len(at_odds) == 1 else pick(at_odds)
            least = offers.pop(option)
            self._fund(option)
            funded.append(option)
            for other in offers.values():  # the others stay dearer
                self._may_change(
                    other.rest * least.each - least.rest * other.each,
                    least.growth * other.each - other.growth * least.each,
                )
        self.result.funded = tuple(funded)
        self.result.money, self.result.unit = self.money, self.unit
        pounds, over = self.until
        if over:
            self.result.changes_at = self.result.raised + max(1, -(-pounds // over))
        return self.result

    def _cheapest(self, offers: dict[int, _Offer]) -> list[int]:
        """The options that cost their supporters least now; drops those which they can pay no more."""
        least: _Offer | None = None
        self.found = {}
        for option in sorted(offers, key=lambda option: offers[option].floor):
            if least is not None and least.is_less(offers[option]):
                break
            found = self._price(option)
            if found is None:
                del offers[option]
                continue
            rest, weight, growth, _ = self.found[option] = found
            offers[option] = _Offer.of(rest, growth, weight * self.unit)
            if least is None or offers[option].is_less(least):
                least = offers[option]
        if least is None:
            return []
        return [option for option in self.electorate.prices if option in offers and offers[option].is_level(least)]

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
            ahead, gains = now[0] * weight - rest, now[1] * weight - rest_growth
            if place >= number:
                self._may_change(ahead, -gains)
            else:
                self._may_change(-ahead, gains)
        return rest, weight, rest_growth, short

    def _fund(self, option: int) -> None:
        """Take the price of an option from its supporters."""
        rest, weight, growth, short = self.found[option]
        self.result.work += len(self.electorate.supporters[option])
        self.result.paid.append((option, rest, weight * self.unit, short))
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

    def _at_odds(self, level: Sequence[int], least: _Offer) -> list[int]:
        """Of options that are level the first and those whose order matters to it.

        The order of two matters where somebody wants both and cannot pay for all that are level and wanted; and to
        each matters what matters to the other.
        """
        if len(level) == 1:
            return [*level]
        wanted, disputes = {*level}, []
        for group, (options, _) in enumerate(self.electorate.groups):
            if len(several := options & wanted) > 1:
                over = self.money[group] * least.each - len(several) * least.rest * self.unit
                if over < 0:
                    disputes.append(several)
                else:
                    self._may_change(over, len(several) * least.growth * self.unit - self.growth[group] * least.each)
        at_odds: set[int] = set()
        grown = {level[0]}
        while grown != at_odds:
            at_odds, grown = grown, grown.union(*(several for several in disputes if several & grown))
        return [option for option in level if option in at_odds]

    def _may_change(self, distance: int, closing: int) -> None:
        """How long every comparison stays as it is: a distance that so much of closes with each £1 is passed then."""
        if closing > 0 and distance * self.until[1] < self.until[0] * closing:
            self.until = distance, closing
