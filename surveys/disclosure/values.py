"""What disclosure control works on: the plan of a release, opened answers, and what is printed. Plain values, no rows.

A *group* is a band of the plan as it was declared (Wales); a *part* is what has a column, one group or several that
were merged (outside England). A *margin* is what is counted on its own: a row with its choices, or one choice of a
multiple answer as yes or no.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal

CHOICE, MULTIPLE, MONEY, NUMBER = "choice", "multiple", "money", "number"
YES, NO = "yes", "no"
TOTAL = ""  # the breakdown of everybody
SEPARATOR = ";"  # between the groups of a part and the choices of a category, where they are printed

PRINTED = ""
NOT_PRINTED = "not printed"
WITHHELD = "withheld"
NOBODY = "nobody answered"
NOT_ASKED = "not asked"


class Lowered(ValueError):
    """A threshold was asked for that protects less than the rules do."""


@dataclass(frozen=True)
class Limits:
    """The thresholds of the rules, which may be made stricter and never laxer: then `Lowered` is raised."""

    respondents: int = 10  # behind whatever is printed
    organisations: int = 5  # behind whatever is printed
    largest_percent: int = 40  # of a group that one organisation may be
    alike: int = 30  # respondents of a group, before 0% or 100% of it is printed
    width: int = 10  # of what is feasible for a withheld count
    money_organisations: int = 10  # behind a mean of money
    money_largest_percent: int = 40  # of the sum that one organisation may give
    money_two_largest_percent: int = 60  # of the sum that two may give

    def __post_init__(self) -> None:
        for name, is_ceiling in LIMITS.items():
            least, asked = getattr(Limits, name), getattr(self, name)
            if asked > least if is_ceiling else asked < least:
                raise Lowered(f"{name} is {least} and may only be made stricter, not {asked}.")


# Each threshold, and whether it is the most that is allowed rather than the least that is needed.
LIMITS = {
    "respondents": False,
    "organisations": False,
    "largest_percent": True,
    "alike": False,
    "width": False,
    "money_organisations": False,
    "money_largest_percent": True,
    "money_two_largest_percent": True,
}


@dataclass(frozen=True)
class PrintedCategory:
    """One or several choices of a row that are counted as one: “Agree or strongly agree”."""

    key: str
    choices: tuple[str, ...]


Scale = tuple[PrintedCategory, ...]  # categories that hold each choice of a row once


@dataclass(frozen=True)
class PlannedRow:
    """A row of a question, and the scales that its tables may be printed on, the finest first.

    Without `scales` each choice is a category of its own. What was asked in an earlier wave only is not `asked`.
    """

    key: str
    choices: tuple[str, ...] = ()
    kind: str = CHOICE
    scales: tuple[Scale, ...] = ()
    asked: bool = True
    most: int | None = None  # that a number may be: 100 of a percentage

    def __post_init__(self) -> None:
        for scale in self.scales:
            if sorted(choice for category in scale for choice in category.choices) != sorted(self.choices):
                raise ValueError(f"A scale of {self.key} does not hold each of its choices once.")

    def margins(self) -> Iterator["Margin"]:
        """What is counted on its own: the row, or each choice of a multiple answer."""
        if self.kind == MULTIPLE:
            for choice in self.choices:
                yield Margin(f"{self.key}:{choice}", self, choice, (YES, NO), (each_alone((YES, NO)),))
        else:
            scales = self.scales if self.scales or not self.choices else (each_alone(self.choices),)
            yield Margin(self.key, self, "", self.choices, scales)


@dataclass(frozen=True)
class Margin:
    """What is counted on its own: the key it is printed under, its choices, and its scales from fine to coarse."""

    key: str
    row: PlannedRow
    ticked: str  # the choice of a multiple answer that this margin counts, else empty
    choices: tuple[str, ...]
    scales: tuple[Scale, ...]

    @property
    def is_mean(self) -> bool:
        return self.row.kind in (MONEY, NUMBER)


def each_alone(choices: tuple[str, ...]) -> Scale:
    """The finest scale: each choice is a category."""
    return tuple(PrintedCategory(choice, (choice,)) for choice in choices)


@dataclass(frozen=True)
class PlannedQuestion:
    key: str
    rows: tuple[PlannedRow, ...]
    breakdowns: tuple[str, ...] = ()


@dataclass(frozen=True)
class MergeStep:
    """Groups that are put together where one of them is too small, under a name that readers know."""

    key: str
    words: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class PlannedBreakdown:
    """The groups of a breakdown, how they are named, and the steps in which small ones are merged, in order."""

    key: str
    groups: Mapping[str, str]  # key of the group to its words
    ladder: tuple[MergeStep, ...] = ()

    def __post_init__(self) -> None:
        if unknown := {group for step in self.ladder for group in step.groups} - {*self.groups}:
            raise ValueError(f"The ladder of {self.key} names groups that it has not: {', '.join(sorted(unknown))}.")


@dataclass(frozen=True)
class TablePlan:
    """Which tables a wave prints, declared before it opens: questions, each by some breakdowns."""

    questions: tuple[PlannedQuestion, ...]
    breakdowns: tuple[PlannedBreakdown, ...]

    def __post_init__(self) -> None:
        keys = [row.key for question in self.questions for row in question.rows]
        if len(keys) != len({*keys}):
            raise ValueError("Two rows of the plan have one key.")
        if unknown := {key for question in self.questions for key in question.breakdowns} - {*self.by_key}:
            raise ValueError(f"Questions name breakdowns that the plan has not: {', '.join(sorted(unknown))}.")

    @property
    def by_key(self) -> dict[str, PlannedBreakdown]:
        return {breakdown.key: breakdown for breakdown in self.breakdowns}


@dataclass(frozen=True)
class OpenedAnswers:
    """One respondent's answers, as they are opened: bands of the plan, and an organisation that is kept nowhere.

    An answer is a choice, a set of choices (multiple), or a number (money, number); None or absent where skipped.
    """

    organisation: str
    bands: Mapping[str, str]
    answers: Mapping[str, str | Set[str] | Decimal | int | None]


@dataclass(frozen=True)
class ReleasedCell:
    """A figure of a column: a share in whole per cent and a count to the nearest 5, or the state that says why not."""

    category: PrintedCategory
    percent: int | None = None
    count: int | None = None
    state: str = PRINTED


@dataclass(frozen=True)
class PrintedColumn:
    """What one part of a breakdown answered to one margin; with a state other than printed no cell has a figure."""

    margin: str
    breakdown: str  # TOTAL for everybody
    part: str
    groups: tuple[str, ...]
    base: int | None = None  # to the nearest 5
    cells: tuple[ReleasedCell, ...] = ()
    mean: int | None = None  # of money to two significant figures, of another number whole
    state: str = PRINTED
    reason: str = ""


@dataclass(frozen=True)
class PrintedPart:
    """A column that a breakdown has: one group, or several merged."""

    key: str
    words: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class FrozenRelease:
    """All that a wave prints: columns of every margin, who has a column, and why others have none.

    `response` holds how many responded in each group of each breakdown, which is always printed. `why_no_column` says
    it by breakdown and group, in a sentence for “filter to Welsh”; `why_no_breakdown` by margin and breakdown.
    """

    response: Mapping[str, Mapping[str, int]]
    parts: Mapping[str, tuple[PrintedPart, ...]]
    columns: tuple[PrintedColumn, ...]
    why_no_column: Mapping[tuple[str, str], str] = field(default_factory=dict)
    why_no_breakdown: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def column(self, margin: str, breakdown: str = TOTAL, part: str = TOTAL) -> PrintedColumn | None:
        """The column of a part, or None where the breakdown of this margin was left out."""
        return self._by_place.get((margin, breakdown, part))

    @property
    def _by_place(self) -> dict[tuple[str, str, str], PrintedColumn]:
        if "_places" not in self.__dict__:
            places = {(column.margin, column.breakdown, column.part): column for column in self.columns}
            object.__setattr__(self, "_places", places)
        return self.__dict__["_places"]
