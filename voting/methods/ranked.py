"""Rankings, counted by instant run-off."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from voting.methods import ranked_words
from voting.methods.base import (
    Method,
    Saying,
    Titles,
    order_step,
    settled,
    whole_weights,
)
from voting.methods.instant_run_off import Effort, Race, Ranking, TooManyWays
from voting.methods.values import Count, Explained, OptionLine, PlainVote, Rules, VoteMark, WrongVote, shown


class Ranked(Method):
    """Each voter ranks options, best first, as many as they like; instant run-off says which wins.

    For several places the winner is taken out of all votes and the run-off is held again among the others. An option
    needs a threshold in the last round of the run-off that it wins. Its score is the number of votes it had in its
    last round of the first run-off.
    """

    key = "ranked"
    name = "Ranked choice"
    asks = "pick one winner"
    settings = frozenset({"places", "threshold", "most"})
    nothing = "Rank at least one option."
    not_a_value = "Ranks are whole numbers from 1."

    def most(self, rules: Rules) -> int:
        """How many a voter may rank."""
        return len(rules.options) if rules.most is None else min(rules.most, len(rules.options))

    def why_not(self, rules: Rules) -> list[str]:
        reasons = super().why_not(rules)
        if self.most(rules) < 1:
            reasons.append("A voter has to be able to rank at least one.")
        return reasons

    def rule_words(self, rules: Rules) -> str:
        most = self.most(rules)
        if most == len(rules.options):
            return "Rank as many as you like, best first."
        return "Choose one." if most == 1 else f"Rank up to {most:,}, best first."

    def check_together(self, marks: Sequence[VoteMark], rules: Rules) -> None:
        if len(marks) > (most := self.most(rules)):
            raise WrongVote(f"You ranked {len(marks):,}: take {len(marks) - most:,} out, you may rank {most:,}.")
        taken: set[int] = set()
        for mark in marks:
            if mark.value in taken:
                raise WrongVote(
                    f"You ranked two options as number {mark.value}: give each a rank of its own.", option=mark.option
                )
            taken.add(mark.value)
        for rank in range(1, len(marks) + 1):
            if rank not in taken:
                raise WrongVote(f"You ranked none as number {rank}: rank without gaps, from 1 on.")

    # Counting ---------------------------------------------------------------------------------------------

    def count(self, votes: Iterable[PlainVote], rules: Rules) -> Count:
        scale, weighted = whole_weights(votes)
        rankings: dict[Ranking, int] = {}
        supporters = dict.fromkeys(rules.options, 0)
        for marks, weight in weighted:
            ranking = tuple(mark.option for mark in sorted(marks, key=lambda mark: mark.value))
            rankings[ranking] = rankings.get(ranking, 0) + weight
            for option in ranking:
                supporters[option] += weight
        voted = sum(weight for _, weight in weighted)
        places = _Places(rankings, rules, scale, voted)
        chosen, tied = places.fill()
        first = places.held(frozenset())
        return Count(
            lines=tuple(
                OptionLine(option, Fraction(first.final.get(option, 0), scale), Fraction(supporters[option], scale))
                for option in rules.options
            ),
            voted=Fraction(voted, scale),
            chosen=chosen,
            tied=tied,
            places_tied_for=rules.places - len(chosen) if tied else 0,
            steps=(*places.steps, pairs_step(rankings, rules.options, scale)),
        )

    # Saying what happened ---------------------------------------------------------------------------------

    def explain(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying = shown) -> list[Explained]:
        parts: list[Explained] = []
        for step in count.steps:
            if step["kind"] == "run_off":
                parts += ranked_words.run_off(step, count, rules, title_of, say)
            elif step["kind"] == "pairs":
                parts.append(ranked_words.pairs(step, title_of, say))
        return [*parts, *settled(count, title_of)]


class _Places:
    """Fills the places of one count, one run-off after the other."""

    def __init__(self, rankings: Mapping[Ranking, int], rules: Rules, scale: int, voted: int) -> None:
        self.rankings = rankings
        self.rules = rules
        self.scale = scale
        self.enough = Fraction(0) if rules.threshold is None else rules.threshold * voted
        self.effort = Effort()
        self.races: dict[frozenset[int], Race] = {}  # by who is already chosen
        self.steps: list[dict[str, Any]] = []

    def held(self, chosen: frozenset[int]) -> Race:
        """The run-off among those who are not chosen yet."""
        if chosen not in self.races:
            left = [option for option in self.rules.options if option not in chosen]
            self.races[chosen] = Race(left, self.scale, self.enough, self.effort, self.rules.has_order).run(
                self.rankings
            )
        return self.races[chosen]

    def fill(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The options that are chosen, and those tied for the places left."""
        chosen: list[int] = []
        while len(chosen) < min(self.rules.places, len(self.rules.options)):
            held = self.held(frozenset(chosen))
            winners = self.in_order(held.winners)
            self.steps.append(
                {
                    "kind": "run_off",
                    "place": len(chosen) + 1,
                    "winners": winners,
                    "is_decided": len(held.winners) == 1,
                    "rounds": held.rounds,
                }
            )
            if not winners:
                break
            if len(held.winners) > 1:
                if not self.rules.has_order:
                    return self.fill_tied(chosen)
                self.steps.append(order_step(winners, winners[:1]))
            chosen.append(winners[0])
        return tuple(chosen), ()

    def fill_tied(self, chosen: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The same from where several are level: who is chosen whichever of them comes first, and who is in some."""
        try:
            ends = self.ends(frozenset(chosen))
        except TooManyWays:
            self.steps.append({"kind": "too_many_ways"})
            ends = {frozenset(chosen), frozenset(option for ranking in self.rankings for option in ranking)}
        sure = frozenset.intersection(*ends)
        level = self.in_order(sure - {*chosen})
        return (*chosen, *level), tuple(self.in_order(frozenset().union(*ends) - sure))

    def ends(self, chosen: frozenset[int]) -> set[frozenset[int]]:
        """Every set of options that can be chosen in the end, from those that already are."""
        ends, seen, waiting = set(), {chosen}, [chosen]
        while waiting:
            now = waiting.pop()
            is_full = len(now) in (self.rules.places, len(self.rules.options))
            winners = frozenset({None}) if is_full else self.held(now).winners
            if None in winners:
                ends.add(now)
            nexts = {now | {winner} for winner in winners if winner is not None} - seen
            for _ in nexts:
                self.effort.spend(len(self.rankings))
            seen |= nexts
            waiting += nexts
        return ends

    def in_order(self, some: Collection[int | None]) -> list[int]:
        return [option for option in self.rules.options if option in some]


def pairs_step(rankings: Mapping[Ranking, int], options: Sequence[int], scale: int) -> dict[str, Any]:
    """How many votes put each option before each other one: ranked before unranked, and nothing between unranked."""
    before = _before(rankings, options)
    return {
        "kind": "pairs",
        "pairs": [
            [one, other, str(Fraction(before[one, other], scale)), str(Fraction(before[other, one], scale))]
            for place, one in enumerate(options)
            for other in options[place + 1 :]
        ],
    }


def _before(rankings: Mapping[Ranking, int], options: Sequence[int]) -> dict[tuple[int, int], int]:
    """The weight of the votes that put the first of two options before the second.

    The sums of one option against all others are kept as the digits of one large number, so that a vote is added to
    all of them at once: ten times as fast for 20 options.
    """
    width = sum(rankings.values()).bit_length() + 1
    digit = {option: 1 << width * place for place, option in enumerate(options)}
    every = sum(digit.values())
    sums = dict.fromkeys(options, 0)
    for ranking, weight in rankings.items():
        behind = weight * every
        for option in ranking:
            behind -= weight * digit[option]
            sums[option] += behind
    mask = (1 << width) - 1
    return {
        (one, other): sums[one] >> width * place & mask
        for one in options
        for place, other in enumerate(options)
        if one != other
    }
