"""The count of an approval vote, per person and per council, in exact numbers.

Per person every tick counts one. Per council each council that voted weighs one, shared equally among those of its
people who voted: three of four Harlow voters ticking an option add 3/4 to it. Organisations that are not councils
count per person only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from core.figures import Share
from voting.ballots.models import Ballot, Option

PERSON, COUNCIL = Ballot.Basis.PERSON, Ballot.Basis.COUNCIL


def shown(value: Fraction | int) -> str:
    """A whole number as it is, others to two decimals."""
    exact = Fraction(value)
    return str(exact.numerator) if exact.denominator == 1 else f"{float(exact):.2f}"


@dataclass(frozen=True)
class OptionCount:
    """The count of one option: ticks per person, and weight per council."""

    option: Option
    people: int
    councils: Fraction

    def score(self, basis: str) -> Fraction:
        return Fraction(self.people) if basis == PERSON else self.councils


@dataclass(frozen=True)
class Turnout:
    """The turnout of one organisation: `council` is its key, or None where it is no council."""

    council: int | None
    on_roll: int
    voted: int


@dataclass(frozen=True)
class Tally:
    """The count of one ballot as it stands, in the order of the ballot."""

    basis: str
    to_pursue: int
    lines: tuple[OptionCount, ...]
    on_roll: int
    voted: int
    councils_on_roll: int
    councils_voted: int
    voted_outside: int

    @cached_property
    def turnout(self) -> Share:
        return Share(self.voted, self.on_roll)

    def outcome(self, basis: str | None = None) -> tuple[tuple[OptionCount, ...], tuple[OptionCount, ...]]:
        """The options that are chosen, and those tied for the places left; neither holds one without a tick."""
        basis = basis or self.basis
        ranked = sorted((line for line in self.lines if line.people), key=lambda line: -line.score(basis))
        ranked = [line for line in ranked if line.score(basis)]
        if len(ranked) <= self.to_pursue:
            return tuple(ranked), ()
        last = ranked[self.to_pursue - 1].score(basis)
        within = [line for line in ranked if line.score(basis) >= last]
        if len(within) == self.to_pursue:
            return tuple(within), ()
        above = tuple(line for line in within if line.score(basis) > last)
        return above, tuple(line for line in within if line.score(basis) == last)

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
        return self.to_pursue - len(self.chosen) if self.tied else 0

    @property
    def other_basis(self) -> str:
        return COUNCIL if self.basis == PERSON else PERSON

    @property
    def bases_differ(self) -> bool:
        """Whether the other basis would change what is chosen or tied."""
        other = self.outcome(self.other_basis)
        mine = self.outcome()
        return any(other) and [{line.option.pk for line in part} for part in other] != [
            {line.option.pk for line in part} for part in mine
        ]

    def by_result(self) -> list[OptionCount]:
        """The lines, most first: by the basis that decides, then by the other, then in the order of the ballot."""
        return sorted(self.lines, key=lambda line: (-line.score(self.basis), -line.score(self.other_basis)))


def count(
    ballot: Ballot,
    options: Iterable[Option],
    groups: Iterable[Turnout],
    ticks: Iterable[tuple[int, int | None, int]],
) -> Tally:
    """Add up `ticks`, which are (option, council or None, how many people)."""
    groups = list(groups)
    voters_of = {group.council: group.voted for group in groups if group.council is not None}
    people: dict[int, int] = {}
    councils: dict[int, Fraction] = {}
    for option, council, number in ticks:
        people[option] = people.get(option, 0) + number
        if council is not None:
            councils[option] = councils.get(option, Fraction(0)) + Fraction(number, voters_of[council])
    return Tally(
        basis=ballot.basis,
        to_pursue=ballot.to_pursue,
        lines=tuple(
            OptionCount(option, people.get(option.pk, 0), councils.get(option.pk, Fraction(0))) for option in options
        ),
        on_roll=sum(group.on_roll for group in groups),
        voted=sum(group.voted for group in groups),
        councils_on_roll=len(voters_of),
        councils_voted=sum(1 for voted in voters_of.values() if voted),
        voted_outside=sum(group.voted for group in groups if group.council is None),
    )
