"""The plain values that methods take and give: votes, rules, counts. None of them is a row, and none knows a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.figures import POUNDS, Figure


class WrongVote(Exception):
    """A vote breaks the rules of its ballot; says how to whoever cast it.

    `option` and `question` say beside which field, where it is one.
    """

    def __init__(self, sentence: str, *, option: int | None = None, question: str = "") -> None:
        super().__init__(sentence)
        self.option = option
        self.question = question


@dataclass(frozen=True, slots=True)
class VoteMark:
    """One line of a vote: the number of an option and what was given to it.

    `value` is 1 for a tick, else dots, a score of 0 to 5, a rank from 1 on, or 1 to 5 in answer to `question`.
    """

    option: int
    value: int = 1
    question: str = ""


def as_lines(marks: Iterable[VoteMark]) -> list[list[Any]]:
    """What a vote says as it is sealed, kept of paper and told in records: a list of option, value and question."""
    return [[mark.option, mark.value, mark.question] for mark in marks]


def from_lines(lines: Iterable[Iterable[Any]]) -> tuple[VoteMark, ...]:
    """The marks that `as_lines` made lines of."""
    return tuple(VoteMark(*line) for line in lines)


@dataclass(frozen=True, slots=True)
class PlainVote:
    """What one voter handed in, and how much it weighs."""

    marks: tuple[VoteMark, ...]
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Rules:
    """The rules of one ballot, fixed before it opens."""

    options: tuple[int, ...]  # in the order of the ballot
    places: int = 1  # how many are chosen; a budget has none
    most: int | None = None  # options that one may tick or rank; the dots that one has
    cap: int | None = None  # the most dots on one option
    pot: int | None = None  # whole pounds to spend
    prices: Mapping[int, int] = field(default_factory=dict)  # whole pounds for each option of a budget
    threshold: Fraction | None = None  # the least share of the votes whose support an option needs
    has_order: bool = False  # whether the order of the ballot settles ties, as declared beforehand


@dataclass(frozen=True)
class OptionLine:
    """The count of one option."""

    option: int
    score: Fraction  # what orders it: ticks, dots, a sum, votes in its last round
    supporters: Fraction  # the weight of the votes that give it anything at all


@dataclass(frozen=True)
class Count:
    """The count of a ballot: neither `chosen` nor `tied` ever holds an option without support.

    `tied` are those between which the method cannot tell for the places left, and may be more than there are places.
    `steps` say what happened, as plain values whose `kind` the method explains; fractions in them read "3/4".
    """

    lines: tuple[OptionLine, ...]  # in the order of the ballot
    voted: Fraction  # the weight of all votes
    chosen: tuple[int, ...]  # best first
    tied: tuple[int, ...] = ()  # in the order of the ballot
    places_tied_for: int = 0
    steps: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Explained:
    """One step of a count for people: a heading, a sentence and perhaps a table."""

    heading: str
    sentence: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | int, ...], ...] = ()


def shown(value: Fraction | Decimal | int | None) -> str:
    """A whole number as it is, another as an exact fraction (5 2/3), what is known to one tenth as that (5.7).

    The one form in which figures of a count are written. Empty where there is none to show.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.1f}"
    whole, rest = divmod(Fraction(value), 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def in_pounds(amount: Fraction | int) -> str:
    """A sum of money, rounded half up to the penny where it is not whole pounds: `£12,000`, `£3,225.81`."""
    exact = Fraction(amount)
    pence = Decimal((200 * exact + 1) // 2) / 100
    return Figure(exact.numerator if exact.denominator == 1 else pence, unit=POUNDS).number


def to_plain(count: Count) -> dict[str, Any]:
    """A count as values that JSON keeps, fractions as "3/4"."""
    return {
        "lines": [[line.option, str(line.score), str(line.supporters)] for line in count.lines],
        "voted": str(count.voted),
        "chosen": [*count.chosen],
        "tied": [*count.tied],
        "places_tied_for": count.places_tied_for,
        "steps": [*count.steps],
    }


def from_plain(kept: Mapping[str, Any]) -> Count:
    """The count that `to_plain` kept."""
    return Count(
        lines=tuple(OptionLine(option, Fraction(score), Fraction(support)) for option, score, support in kept["lines"]),
        voted=Fraction(kept["voted"]),
        chosen=tuple(kept["chosen"]),
        tied=tuple(kept["tied"]),
        places_tied_for=kept["places_tied_for"],
        steps=tuple(kept["steps"]),
    )
