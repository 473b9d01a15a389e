"""The count of a ballot per person and per council or body, as its method makes both, in exact numbers.

Per person every vote weighs one. Per council or body each organisation that voted weighs one: in an open ballot shared
equally among its people who voted, in a secret one among its people on the roll. People of no organisation count per
person only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from core.figures import Share
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.rules import method_of, rules_of
from voting.ballots.sentences import FEWEST
from voting.methods.values import Count, OptionLine, PlainVote, VoteMark, from_plain, to_plain
from voting.methods.why_not_mine import SEARCH

PERSON, COUNCIL = Ballot.Basis.PERSON, Ballot.Basis.COUNCIL
# Fewer organisations than this have no figures per council in a secret ballot, nor fewer votes in one of its groups.
FEWEST_ORGANISATIONS = 10
GROUPS = ("central", "local")


@dataclass(frozen=True)
class OptionCount:
    """The count of one option, per person and per council or body; None where that may not be shown."""

    option: Option
    people: Fraction
    councils: Fraction | Decimal | None
    supporters: Fraction

    def score(self, basis: str) -> Fraction:
        return self.people if basis == PERSON else Fraction(self.councils or 0)


@dataclass(frozen=True)
class Cast:
    """One counted vote as plain values: what it says, its weight per council or body, and its group if any.

    What a vote on paper says is known to those who counted it, so it hides no other vote from them.
    """

    marks: tuple[VoteMark, ...]
    weight: Fraction
    group: str = ""
    on_paper: bool = False


@dataclass(frozen=True)
class Turned:
    """Who could vote and who did, in numbers."""

    on_roll: int
    voted: int
    councils_on_roll: int
    councils_voted: int
    voted_outside: int
    on_paper: int = 0  # how many of those who voted

    @property
    def are_few(self) -> bool:
        """Whether so few voted that a result of a secret ballot would tell who voted for what.

        Fewer than 5 in all, or 1 to 4 beside those on paper: those who counted the paper could subtract it.
        """
        return self.voted < FEWEST or 0 < self.voted - self.on_paper < FEWEST


ChosenAndTied = tuple[tuple[OptionCount, ...], tuple[OptionCount, ...]]


@dataclass(frozen=True)
class Tally:
    """The count of one ballot, in the order of its options. `person` and `council` are its method's two counts."""

    basis: str
    lines: tuple[OptionCount, ...]
    turned: Turned
    person: Count
    council: Count
    groups: Mapping[str, Count]
    quorum: int | None = None
    is_withheld: bool = False
    hides_councils: bool = False  # where figures per council or body would tell how somebody voted
    is_unanimous: bool = False  # whether all voted alike, so that each vote is known

    on_roll = property(lambda self: self.turned.on_roll)
    voted = property(lambda self: self.turned.voted)
    councils_on_roll = property(lambda self: self.turned.councils_on_roll)
    councils_voted = property(lambda self: self.turned.councils_voted)
    voted_outside = property(lambda self: self.turned.voted_outside)

    @cached_property
    def turnout(self) -> Share:
        return Share(self.voted, self.on_roll)

    @property
    def lacks_quorum(self) -> bool:
        """Whether too few have voted for anything to be chosen."""
        return self.quorum is not None and self.voted < self.quorum

    def counted_on(self, basis: str) -> Count:
        return self.person if basis == PERSON else self.council

    def outcome(self, basis: str | None = None) -> ChosenAndTied:
        """The options that are chosen, and those tied for the places left; neither holds one without support."""
        if self.lacks_quorum or self.is_withheld:
            return (), ()
        count = self.counted_on(basis or self.basis)
        line_of = {line.option.pk: line for line in self.lines}
        return tuple(line_of[key] for key in count.chosen), tuple(line_of[key] for key in count.tied)

    @cached_property
    def chosen(self) -> tuple[OptionCount, ...]:
        """The winners, on the basis that decides."""
        return self.outcome()[0]

    @cached_property
    def tied(self) -> tuple[OptionCount, ...]:
        """The options tied for the places left, on the basis that decides."""
        return self.outcome()[1]

    @property
    def places_tied_for(self) -> int:
        return self.counted_on(self.basis).places_tied_for if self.tied else 0

    @property
    def steps(self) -> tuple[dict[str, Any], ...]:
        """What happened in the count that decides."""
        return self.counted_on(self.basis).steps

    @property
    def other_basis(self) -> str:
        return COUNCIL if self.basis == PERSON else PERSON

    @property
    def bases_differ(self) -> bool:
        """Whether the other basis would change what is chosen or tied."""
        other, mine = self.outcome(self.other_basis), self.outcome()
        return any(other) and [{line.option.pk for line in part} for part in other] != [
            {line.option.pk for line in part} for part in mine
        ]

    def by_result(self) -> list[OptionCount]:
        """The lines: what was chosen, then most first by the basis that decides, then by the other."""
        chosen = [line.option.pk for line in self.chosen]

        def place(line: OptionCount) -> tuple[Any, ...]:
            key = line.option.pk
            is_chosen = chosen.index(key) if key in chosen else len(chosen)
            return is_chosen, -line.score(self.basis), -line.score(self.other_basis)

        return sorted(self.lines, key=place)


def weights(organisations: Sequence[int | None]) -> list[Fraction]:
    """The weight of each vote per council or body in an open ballot, given its organisation."""
    voters = Counter(organisations)
    return [Fraction(1, voters[key]) if key is not None else Fraction(0) for key in organisations]


def count(ballot: Ballot, options: Iterable[Option], votes: Sequence[Cast], turned: Turned) -> Tally:
    """Count votes both ways, and those of central and local government by themselves."""
    options = list(options)
    method, rules = method_of(ballot), rules_of(ballot, options)
    person = method.count([PlainVote(vote.marks) for vote in votes], rules)
    council = method.count([PlainVote(vote.marks, vote.weight) for vote in votes if vote.weight], rules)
    groups = {name: method.count(of_it, rules) for name, of_it in _groups(ballot, votes).items()}
    hides = ballot.is_secret and (turned.councils_voted < FEWEST_ORGANISATIONS or _are_told_by_weight(votes))
    alike = len({frozenset(vote.marks) for vote in votes}) == 1
    return _tally(ballot, options, person, council, groups, turned, hides_councils=hides, alike=alike)


def _are_told_by_weight(votes: Sequence[Cast]) -> bool:
    """Whether sealed votes of one weight are so few that both counts of an option would tell how they fell."""
    sizes = Counter(vote.weight for vote in votes if not vote.on_paper).values()
    return len(sizes) > 1 and min(sizes) < FEWEST


def _groups(ballot: Ballot, votes: Sequence[Cast]) -> dict[str, list[PlainVote]]:
    """The votes of central and of local government; none where a secret one could be told from what is left."""
    groups = {name: [PlainVote(vote.marks) for vote in votes if vote.group == name] for name in GROUPS}
    if not all(groups.values()):
        return {}
    others = sum(vote.group not in GROUPS and not vote.on_paper for vote in votes)
    sizes = [*map(len, groups.values()), *([others] if others else [])]
    return {} if ballot.is_secret and min(sizes) < FEWEST else groups


def _tally(
    ballot: Ballot,
    options: list[Option],
    person: Count,
    council: Count,
    groups: dict[str, Count],
    turned: Turned,
    *,
    hides_councils: bool,
    alike: bool,
) -> Tally:
    people = {line.option: line for line in person.lines}
    councils = {line.option: line.score for line in council.lines}
    if hides_councils and ballot.basis == PERSON:
        council = replace(council, chosen=(), tied=(), places_tied_for=0)
    return Tally(
        basis=ballot.basis,
        lines=tuple(
            OptionCount(
                option,
                people[option.pk].score,
                None if hides_councils else _printed(ballot, councils[option.pk]),
                people[option.pk].supporters,
            )
            for option in options
        ),
        turned=turned,
        person=person,
        council=council,
        groups=groups,
        quorum=ballot.quorum,
        is_withheld=ballot.is_secret and turned.are_few,
        hides_councils=hides_councils,
        is_unanimous=alike,
    )


def _printed(ballot: Ballot, score: Fraction) -> Fraction | Decimal:
    """A score per council or body as it is printed: exact in an open ballot, to one tenth in a secret one."""
    return Decimal(round(score * 10)) / 10 if ballot.is_secret else score


def frozen(ballot: Ballot, tally: Tally) -> dict[str, Any]:
    """A tally as plain values, to be stored with the ballot at its close.

    Of a secret ballot nothing is stored that may not be printed: weights could tell who voted for what.
    """
    kept: dict[str, Any] = {**asdict(tally.turned), "hides_councils": tally.hides_councils}
    del kept["on_paper"]  # is kept with the ways of voting
    if not tally.is_withheld:
        kept["person"] = to_plain(tally.person)
        kept["council"] = to_plain(_as_printed(ballot, tally))
        kept["groups"] = {name: to_plain(group) for name, group in tally.groups.items()}
        kept["alike"] = tally.is_unanimous
        if ballot.method == "budget":
            kept["search"] = SEARCH
    return kept


def _as_printed(ballot: Ballot, tally: Tally) -> Count:
    """The count per council or body with nothing but what may be printed of a secret ballot."""
    if not ballot.is_secret:
        return tally.council
    printed = {line.option.pk: Fraction(line.councils or 0) for line in tally.lines}
    lines = (OptionLine(line.option, printed[line.option], Fraction(0)) for line in tally.council.lines)
    return replace(tally.council, lines=tuple(lines), voted=Fraction(tally.councils_voted), steps=())


def turned_of(ballot: Ballot) -> Turned:
    """Who could vote and who did, as stored at the close."""
    assert ballot.result is not None  # by constraint: a closed ballot keeps its result
    numbers = {field.name: ballot.result[field.name] for field in fields(Turned) if field.name != "on_paper"}
    return Turned(**numbers, on_paper=ballot.result.get("ways", {}).get(RollEntry.Kind.SLIP, 0))


def thawed(ballot: Ballot, options: Iterable[Option]) -> Tally:
    """The tally that was stored at the close."""
    assert ballot.result is not None  # by constraint: a closed ballot keeps its result
    kept, options = ballot.result, list(options)
    turned = turned_of(ballot)
    nothing = method_of(ballot).count([], rules_of(ballot, options))
    person = from_plain(kept["person"]) if "person" in kept else nothing
    council = from_plain(kept["council"]) if "council" in kept else nothing
    groups = {name: from_plain(group) for name, group in kept.get("groups", {}).items()}
    hides = kept.get("hides_councils", False)
    alike = kept.get("alike", False)  # kept since November 2026
    return _tally(ballot, options, person, council, groups, turned, hides_councils=hides, alike=alike)
