"""What every method of voting has in common."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, ClassVar

from core.words import counted, series, spelled
from voting.methods.values import Count, Explained, OptionLine, PlainVote, Rules, VoteMark, WrongVote, shown

Titles = Callable[[int], str]  # the title of an option by its number
Saying = Callable[[Fraction], str]  # how a number is written


class Method:
    """A way to vote and to count, which keeps nothing: one object serves all ballots.

    A method says four things: whether a vote keeps the rules, how votes count, what happened in the count, and what is
    tied. To whoever prepares a ballot it says what its rules lack and how they read.
    """

    key: ClassVar[str]
    name: ClassVar[str]
    asks: ClassVar[str]  # the question it answers: "narrow a long list"
    settings: ClassVar[frozenset[str]] = frozenset({"places", "threshold"})  # the rules that a draft sets
    ticks: ClassVar[bool] = False  # whether a mark says no more than that an option is chosen
    counts_people: ClassVar[bool] = False  # whether its figures are how many chose an option
    questions: ClassVar[tuple[str, ...]] = ("",)  # what is asked of each option
    nothing: ClassVar[str]  # what is said to who hands in nothing
    lowest: ClassVar[int] = 1
    highest: ClassVar[int] = 10_000  # of what can be typed; nobody has as many dots
    not_a_value: ClassVar[str]  # what is said of a value that is none

    # Preparing a ballot -----------------------------------------------------------------------------------

    def why_not(self, rules: Rules) -> list[str]:
        """What keeps a ballot with these rules from being held, as sentences; empty where nothing does."""
        reasons = []
        if len(rules.options) < 2:
            reasons.append("A vote needs at least two options.")
        elif "places" in self.settings and rules.places >= len(rules.options):
            reasons.append(
                f"{rules.places:,} of {counted(len(rules.options), 'option')} would be chosen: choose fewer, "
                "or there is nothing to vote on."
            )
        if "places" in self.settings and rules.places < 1:
            reasons.append("At least one option has to be chosen.")
        if rules.threshold is not None and not 0 < rules.threshold <= 1:
            reasons.append("The support that an option needs is a share of the votes, at most all of them.")
        return reasons

    def rule_words(self, rules: Rules) -> str:
        """What a voter may do, as a sentence."""
        raise NotImplementedError

    # Casting a vote ---------------------------------------------------------------------------------------

    def check(self, marks: Sequence[VoteMark], rules: Rules) -> None:
        """Raise `WrongVote` where the marks of one vote break the rules."""
        if not marks:
            raise WrongVote(self.nothing)
        options = {*rules.options}
        if any(type(mark.option) is not int or mark.option not in options for mark in marks):
            raise WrongVote("Choose only from the options of this vote.")
        if any(mark.question not in self.questions for mark in marks):
            raise WrongVote("Answer only the questions of this vote.")
        for (option, question), times in Counter((mark.option, mark.question) for mark in marks).items():
            if times > 1:
                raise WrongVote("Mark each option once.", option=option, question=question)
        for mark in marks:
            if type(mark.value) is not int or not self.lowest <= mark.value <= self.highest:
                raise WrongVote(self.not_a_value, option=mark.option, question=mark.question)
        self.check_together(marks, rules)

    def check_together(self, marks: Sequence[VoteMark], rules: Rules) -> None:
        """Raise `WrongVote` where marks that are each in order are too many, too few or do not go together."""

    # Counting ---------------------------------------------------------------------------------------------

    def count(self, votes: Iterable[PlainVote], rules: Rules) -> Count:
        """Add up what was given to each option; the highest sums are chosen."""
        votes = [*votes]
        lines, voted = add_up(votes, rules)
        return choose(lines, voted, rules, steps=self.steps(votes, rules))

    def steps(self, votes: list[PlainVote], rules: Rules) -> list[dict[str, Any]]:
        """What the lines of the count do not say."""
        return []

    # Saying what happened ---------------------------------------------------------------------------------

    def explain(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying = shown) -> list[Explained]:
        """How the count came about. `say` writes its numbers."""
        return [self.totals(count, rules, title_of, say=say), *settled(count, title_of)]

    def totals(self, count: Count, rules: Rules, title_of: Titles, *, say: Saying) -> Explained:
        """The first table: each option with what orders it, the highest first."""
        raise NotImplementedError

    def ties(self, count: Count, rules: Rules, title_of: Titles) -> str:
        """Which options are tied for what, as a sentence; empty where none are."""
        if not count.tied:
            return ""
        names = series(title_of(option) for option in count.tied)
        if len(count.tied) == 1:
            return f"Whether {names} is chosen depends on a tie that nothing decides."
        if count.places_tied_for > 1:
            return f"{names} are tied for {'the last ' if count.chosen else ''}{spelled(count.places_tied_for)} places."
        return f"{names} are tied for {'the last place' if count.chosen else 'first place'}."


def whole_weights(votes: Iterable[PlainVote]) -> tuple[int, list[tuple[tuple[VoteMark, ...], int]]]:
    """The marks of each vote with its weight as a whole number, and by what that has to be divided."""
    votes = [*votes]
    scale = lcm(*{vote.weight.denominator for vote in votes})
    return scale, [(vote.marks, vote.weight.numerator * (scale // vote.weight.denominator)) for vote in votes]


def add_up(votes: Iterable[PlainVote], rules: Rules) -> tuple[list[OptionLine], Fraction]:
    """A line for each option, its score the sum of what was given to it, and the weight of all votes."""
    scale, weighted = whole_weights(votes)
    given = dict.fromkeys(rules.options, 0)
    supporters = dict.fromkeys(rules.options, 0)
    for marks, weight in weighted:
        for mark in marks:
            if mark.value:
                given[mark.option] += weight * mark.value
                supporters[mark.option] += weight
    lines = [
        OptionLine(option, Fraction(given[option], scale), Fraction(supporters[option], scale))
        for option in rules.options
    ]
    return lines, Fraction(sum(weight for _, weight in weighted), scale)


def reaches_threshold(support: Fraction, voted: Fraction, rules: Rules) -> bool:
    """Whether support is as large a share of the votes as the rules ask: at half, 5 of 10 votes are enough."""
    return rules.threshold is None or support >= rules.threshold * voted


def choose(
    lines: Sequence[OptionLine], voted: Fraction, rules: Rules, *, steps: Iterable[dict[str, Any]] = ()
) -> Count:
    """The count whose highest scores are chosen, of the options that have support and reach the threshold."""
    able = [line for line in lines if line.score and reaches_threshold(line.supporters, voted, rules)]
    able.sort(key=lambda line: -line.score)  # equal ones stay in the order of the ballot
    steps = [*steps]
    chosen: list[OptionLine] = able[: rules.places]
    tied: list[OptionLine] = []
    if len(able) > rules.places and able[rules.places].score == (last := able[rules.places - 1].score):
        chosen = [line for line in able if line.score > last]
        tied = [line for line in able if line.score == last]
        if rules.has_order:
            left = rules.places - len(chosen)
            steps.append(order_step([line.option for line in tied], [line.option for line in tied[:left]]))
            chosen, tied = [*chosen, *tied[:left]], []
    return Count(
        lines=tuple(lines),
        voted=voted,
        chosen=tuple(line.option for line in chosen),
        tied=tuple(line.option for line in tied),
        places_tied_for=rules.places - len(chosen) if tied else 0,
        steps=tuple(steps),
    )


def order_step(tied: Sequence[int], first: Sequence[int]) -> dict[str, Any]:
    """The step which says that the order of the ballot settled a tie, and for which options."""
    return {"kind": "order", "tied": [*tied], "first": [*first]}


def settled(count: Count, title_of: Titles) -> Iterator[Explained]:
    """What the order of the ballot settled."""
    for step in count.steps:
        if step["kind"] == "order":
            tied, first = (series(title_of(option) for option in step[part]) for part in ("tied", "first"))
            yield Explained(
                "A tie, settled by the order of the ballot",
                f"{tied} were tied. As declared before the vote opened, the order of the ballot decides: {first}.",
            )


def best_first(count: Count) -> list[OptionLine]:
    """The lines, the highest score first; equal ones in the order of the ballot."""
    return sorted(count.lines, key=lambda line: -line.score)


def share_in_words(share: Fraction) -> str:
    """A share of the votes: `half`, `two thirds`, `3 of 5`."""
    known = {
        Fraction(1): "all", Fraction(1, 2): "half", Fraction(1, 3): "a third",
        Fraction(2, 3): "two thirds", Fraction(3, 4): "three quarters",
    }  # fmt: skip
    return known.get(share, f"{share.numerator} of {share.denominator}")


def threshold_words(count: Count, rules: Rules, title_of: Titles) -> str:
    """What a threshold asks and who does not reach it, as a sentence after another; empty where there is none."""
    if rules.threshold is None:
        return ""
    short = [
        title_of(line.option)
        for line in best_first(count)
        if line.supporters and not reaches_threshold(line.supporters, count.voted, rules)
    ]
    missed = f" {series(short)} {'does' if len(short) == 1 else 'do'} not." if short else ""
    least = share_in_words(rules.threshold)
    return f" To be chosen, an option needs the support of at least {least} of the votes.{missed}"
