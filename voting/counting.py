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
from voting.models import Ballot, Option

PERSON, COUNCIL = Ballot.Basis.PERSON, Ballot.Basis.COUNCIL


def shown(value: Fraction | int) -> str:
    """A whole number as it is, others to two decimals."""
    exact = Fraction(value)
    return str(exact.numerator) if exact.denominator == 1 else f"{float(exact):.2f}"


@dataclass(frozen=True)
class Line:
    """One option and what it got."""

    option: Option
    people: int
    councils: Fraction

    def score(self, basis: str) -> Fraction:
        return Fraction(self.people) if basis == PERSON else self.councils


@dataclass(frozen=True)
class Group:
    """The people of one organisation in a vote: `council` is its key, or None where it is no council."""

    council: int | None
    on_roll: int
    voted: int


@dataclass(frozen=True)
class Tally:
    """The count of one ballot as it stands, in the order of the ballot."""

    basis: str
    lines: tuple[Line, ...]
    on_roll: int
    voted: int
    councils_on_roll: int
    councils_voted: int
    voted_outside: int

    @cached_property
    def turnout(self) -> Share:
        return Share(self.voted, self.on_roll)

    def first(self, basis: str | None = None) -> tuple[Line, ...]:
        """The option or options with most; none while nobody has ticked anything."""
        basis = basis or self.basis
        most = max((line.score(basis) for line in self.lines), default=Fraction(0))
        return tuple(line for line in self.lines if most and line.score(basis) == most)

    @property
    def winner(self) -> Line | None:
        """The one in front on the basis that decides; None in a tie."""
        first = self.first()
        return first[0] if len(first) == 1 else None

    @property
    def is_tied(self) -> bool:
        return len(self.first()) > 1

    @property
    def other_basis(self) -> str:
        return COUNCIL if self.basis == PERSON else PERSON

    @property
    def bases_differ(self) -> bool:
        """Whether the other basis would put something else, or something more, in front."""
        other = self.first(self.other_basis)
        return bool(other) and {line.option.pk for line in other} != {line.option.pk for line in self.first()}

    def by_result(self) -> list[Line]:
        """Most first, by the basis that decides, then by the other; the order of the ballot breaks the rest."""
        return sorted(self.lines, key=lambda line: (-line.score(self.basis), -line.score(self.other_basis)))


def count(
    ballot: Ballot,
    options: Iterable[Option],
    groups: Iterable[Group],
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
        lines=tuple(Line(option, people.get(option.pk, 0), councils.get(option.pk, Fraction(0))) for option in options),
        on_roll=sum(group.on_roll for group in groups),
        voted=sum(group.voted for group in groups),
        councils_on_roll=len(voters_of),
        councils_voted=sum(1 for voted in voters_of.values() if voted),
        voted_outside=sum(group.voted for group in groups if group.council is None),
    )
