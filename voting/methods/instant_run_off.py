"""Instant run-off over grouped rankings: who can win, and what happened in each round.

In each round a vote counts for the highest-ranked option that is still in; who has more than half of these votes wins,
else the last is out and its votes go on. Where several are last:

1. Together they have fewer votes than the next: all are out at once, as none of them could catch up.
2. Else who of them had fewer votes in an earlier round is out, the latest such round deciding.
3. Else, where the order of the ballot settles ties, the lowest of them on the ballot is out.
4. Else each is tried. Where every way leads to the same winner, it has won; where not, those who win in one of them
   are tied. Two that are level at the end are tied, whatever earlier rounds say.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Ranking = tuple[int, ...]  # best first
Pile = list[tuple[Ranking, int, int]]  # votes: a ranking, the place in it that counts now, the weight
MOST_EFFORT = 200_000  # votes moved to try what follows from ties; where more would be, all that could win are tied


class TooManyWays(Exception):
    """Ties for last lead to more ways than are tried."""


@dataclass
class Effort:
    """What trying the ways out of ties has cost in one count."""

    spent: int = 0

    def spend(self, votes: int) -> None:
        self.spent += votes + 20  # as a way costs something whatever its votes
        if self.spent > MOST_EFFORT:
            raise TooManyWays


@dataclass
class Race:
    """One run-off among the options in the order of the ballot.

    `enough` is the least that wins; `scale` is by what the weights, which are whole numbers, are divided when said.
    """

    options: Sequence[int]
    scale: int
    enough: Fraction
    effort: Effort
    has_order: bool = False
    winners: frozenset[int | None] = frozenset()  # who can win; None where it can be that nobody does
    rounds: list[dict[str, Any]] = field(default_factory=list)
    final: dict[int, int] = field(default_factory=dict)  # what each option had in its last round

    def run(self, votes: Mapping[Ranking, int]) -> "Race":
        """Hold it; `votes` are rankings with their weights, which may name other options as well."""
        piles: dict[int, Pile] = {option: [] for option in self.options}
        now, _ = _deal(((ranking, -1, weight) for ranking, weight in votes.items()), piles)
        try:
            self.winners = self._from(piles, [now], self.rounds, self.final)
        except TooManyWays:
            self.winners = frozenset({None, *(each for ranking in votes for each in ranking if each in piles)})
            self.rounds.append({"kind": "too_many_ways"})
        return self

    def _from(
        self, piles: dict[int, Pile], past: list[dict[int, int]], rounds: list[dict[str, Any]], final: dict[int, int]
    ) -> frozenset[int | None]:
        """Who can win from here, with the votes of every round so far, this one last.

        What happens is added to `rounds`, what each has to `final`.
        """
        while True:
            now = past[-1]
            final.update(now)
            this = {"kind": "round", "round": len(past), "votes": self._said(now)}
            rounds.append(this)
            most, total = max(now.values()), sum(now.values())
            leading = [option for option, votes in now.items() if votes == most]
            if len(now) <= 2 or (2 * most > total and most >= self.enough):
                return frozenset(leading if most and most >= self.enough else [None])
            out, why = last_of(now, past)
            if why == "each" and self.has_order:
                out, why = self._ordered(out)[-1:], "order"
            if why == "each":
                return self._try_each(out, piles, past, rounds, final)
            piles, then = self._without(out, piles, now, this, why)
            past = [*past, then]

    def _without(
        self, out: Collection[int], piles: Mapping[int, Pile], now: Mapping[int, int], this: dict, why: str
    ) -> tuple[dict[int, Pile], dict[int, int]]:
        """The piles and what is in them after the votes of those who are out went on; says so in the round."""
        left = {option: [*pile] for option, pile in piles.items() if option not in out}
        got, exhausted = _deal((vote for option in out for vote in piles[option]), left)
        went = {option: votes for option, votes in got.items() if votes}
        this |= {"out": self._ordered(out), "why": why, "to": self._said(went)}
        this["exhausted"] = str(Fraction(exhausted, self.scale))
        return left, {option: now[option] + got[option] for option in left}

    def _try_each(
        self,
        last: Collection[int],
        piles: dict[int, Pile],
        past: list[dict[int, int]],
        rounds: list[dict[str, Any]],
        final: dict[int, int],
    ) -> frozenset[int | None]:
        """Who can win where one of `last` is out and nothing says which.

        Where that does not matter, the rounds go on with the first of them; else they end with what follows from each.
        """
        ways = []
        for option in self._ordered(last):
            self.effort.spend(sum(len(pile) for pile in piles.values()))
            way, ending = [dict(rounds[-1])], dict(final)
            left, now = self._without([option], piles, past[-1], way[0], "each")
            ways.append((option, self._from(left, [*past, now], way, ending), way, ending))
        possible = frozenset().union(*(winners for _, winners, *_ in ways))
        if len(possible) == 1:
            _, _, way, ending = ways[0]
            rounds[-1:] = [way[0] | {"level": self._ordered(last)}, *way[1:]]
            final.update(ending)
        else:
            rounds[-1] |= {"why": "tied", "ways": [[option, self._ordered(winners)] for option, winners, *_ in ways]}
        return possible

    def _ordered(self, some: Collection[int | None]) -> list[int]:
        return [option for option in self.options if option in some]

    def _said(self, weights: Mapping[int, int]) -> list[list[Any]]:
        return [[option, str(Fraction(weights[option], self.scale))] for option in self._ordered(weights)]


def _deal(votes: Iterable[tuple[Ranking, int, int]], piles: dict[int, Pile]) -> tuple[dict[int, int], int]:
    """Put each vote on the pile of its next option that has one; what each got, and what is exhausted."""
    got = dict.fromkeys(piles, 0)
    exhausted = 0
    for ranking, place, weight in votes:
        for now in range(place + 1, len(ranking)):
            if (option := ranking[now]) in piles:
                piles[option].append((ranking, now, weight))
                got[option] += weight
                break
        else:
            exhausted += weight
    return got, exhausted


def last_of(now: Mapping[int, int], past: Sequence[Mapping[int, int]]) -> tuple[list[int], str]:
    """Who is out after a round, and why: "fewest", "together" or "earlier"; "each" where nothing tells them apart."""
    fewest = min(now.values())
    last = [option for option, votes in now.items() if votes == fewest]
    if len(last) == 1:
        return last, "fewest"
    above = [votes for votes in now.values() if votes > fewest]
    if above and fewest * len(last) < min(above):
        return last, "together"
    for before in reversed(past[:-1]):
        fewest = min(before[option] for option in last)
        last = [option for option in last if before[option] == fewest]
    return last, "earlier" if len(last) == 1 else "each"
