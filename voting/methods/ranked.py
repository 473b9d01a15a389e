"""Rankings, counted by instant run-off."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from core.words import series
from voting.methods.base import (
    Method,
    Saying,
    Titles,
    order_step,
    settled,
    share_in_words,
    whole_weights,
)
from voting.methods.instant_run_off import Effort, Race, Ranking, TooManyWays
from voting.methods.values import Count, Explained, OptionLine, PlainVote, Rules, VoteMark, WrongVote, shown

RULE = (
    "A vote counts for the option that it ranks highest of those still in. Who has more than half of these votes wins; "
    "until then the last is out."
)
WHY = {
    "fewest": "Fewest votes",
    "together": "Fewest votes; together fewer than the next",
    "earlier": "Level for last, and fewer votes in an earlier round",
    "each": "Level for last, and the same wins whichever is out",
}


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
                parts += _run_off(step, count, rules, title_of, say)
            elif step["kind"] == "pairs":
                parts.append(_pairs(step, title_of, say))
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
            self.races[chosen] = Race(left, self.scale, self.enough, self.effort).run(self.rankings)
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
    before = {option: dict.fromkeys(options, 0) for option in options}
    for ranking, weight in rankings.items():
        others = [option for option in options if option not in ranking]
        for place, option in enumerate(ranking):
            row = before[option]
            for other in ranking[place + 1 :]:
                row[other] += weight
            for other in others:
                row[other] += weight
    return {
        "kind": "pairs",
        "pairs": [
            [one, other, str(Fraction(before[one][other], scale)), str(Fraction(before[other][one], scale))]
            for place, one in enumerate(options)
            for other in options[place + 1 :]
        ],
    }


def _run_off(step: dict[str, Any], count: Count, rules: Rules, title_of: Titles, say: Saying) -> Iterator[Explained]:
    """The votes of each round, then what happened after it."""
    rounds = [each for each in step["rounds"] if each["kind"] == "round"]
    votes = [{option: Fraction(number) for option, number in each["votes"]} for each in rounds]
    place = f", place {step['place']}" if rules.places > 1 else ""
    yield Explained(
        f"Votes in each round{place}",
        f"{RULE} {_winner(step, rules, title_of)}",
        ("Option", *(f"Round {each['round']}" for each in rounds)),
        (
            *(
                (title_of(option), *(say(now[option]) if option in now else "–" for now in votes))
                for option in votes[0]
            ),
            ("Exhausted: ranks none still in", *(say(count.voted - sum(now.values())) for now in votes)),
        ),
    )
    happened = tuple(_happened(each, title_of, say) for each in rounds if "why" in each)
    if happened:
        yield Explained(
            f"Who was out in each round{place}",
            "A vote goes on to the next option it ranks that is still in; with none left it is exhausted.",
            ("Round", "Out", "Why", "Where the votes went"),
            happened,
        )


def _winner(step: dict[str, Any], rules: Rules, title_of: Titles) -> str:
    """How a run-off ended."""
    names = series(title_of(option) for option in step["winners"])
    if step["is_decided"]:
        if names:
            return f"{names} wins."
        if rules.threshold is None:
            return "Nobody wins, as no votes are left."
        return f"Nobody wins: none has the support of at least {share_in_words(rules.threshold)} of all votes."
    if step["rounds"][-1]["kind"] == "too_many_ways":
        return f"So many were level for last that not every way to go on was tried: {names} could win."
    return (
        f"{names} could each win, and nothing decides between them."
        if len(step["winners"]) > 1
        else (f"Whether {names} wins depends on a tie that nothing decides.")
    )


def _happened(this: dict[str, Any], title_of: Titles, say: Saying) -> tuple[str | int, ...]:
    """What a round ended with: who was out, why, and where the votes went."""
    if this["why"] == "tied":
        level = series(title_of(option) for option, _ in this["ways"])
        follows = "; ".join(
            f"without {title_of(option)}, {series((title_of(each) for each in winners), last='or') or 'nobody'} wins"
            for option, winners in this["ways"]
        )
        return this["round"], "Undecided", f"{level} are level for last, in earlier rounds too", f"{follows}."
    why = WHY[this["why"]]
    if this["why"] == "each":
        why = f"{why}: {series(title_of(option) for option in this['level'])}"
    went = [f"{say(Fraction(votes))} to {title_of(option)}" for option, votes in this["to"]]
    if exhausted := Fraction(this["exhausted"]):
        went.append(f"{say(exhausted)} exhausted")
    return this["round"], series(title_of(option) for option in this["out"]), why, series(went) or "It had none"


def _pairs(step: dict[str, Any], title_of: Titles, say: Saying) -> Explained:
    """How many votes put each option before each other one, and whether one beats all others."""
    before = {}
    for one, other, more, less in step["pairs"]:
        before[one, other], before[other, one] = Fraction(more), Fraction(less)
    options = list(dict.fromkeys(option for pair in before for option in pair))
    best = [one for one in options if all(before[one, other] > before[other, one] for other in options if other != one)]
    return Explained(
        "Two by two",
        "How many votes rank the option of the row above that of the column, and how many the other way round. "
        + (f"{title_of(best[0])} beats every other." if best else "None beats every other.")
        + " This explains the result and does not decide it.",
        ("Option", *(title_of(option) for option in options)),
        tuple(
            (
                title_of(one),
                *(
                    f"{say(before[one, other])} to {say(before[other, one])}" if other != one else "–"
                    for other in options
                ),
            )
            for one in options
        ),
    )
