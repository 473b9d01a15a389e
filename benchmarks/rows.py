"""A row of the result: a figure, what it was compared with, and the goals it was asked to reach."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Goal:
    """A value that was measured, and the most (or the least) that it should be; `most` of None asks nothing."""

    what: str
    value: float
    most: float | None = None
    is_least: bool = False

    @property
    def is_met(self) -> bool | None:
        if self.most is None:
            return None
        return self.value >= self.most if self.is_least else self.value <= self.most

    def __str__(self) -> str:
        said = f"{_short(self.value)} {self.what}"
        if self.most is None:
            return said
        return f"{said} ({'≥' if self.is_least else '≤'} {self.most:.3g}: {'met' if self.is_met else '**missed**'})"


@dataclass(frozen=True)
class Row:
    """One thing measured, at the programme's size and, where it was asked, at a hundred times that."""

    part: str
    name: str
    unit: str
    figure: float
    hundredfold: float | None = None
    goals: tuple[Goal, ...] = field(default=())

    def as_line(self) -> str:
        hundred = "" if self.hundredfold is None else _short(self.hundredfold)
        goals = " · ".join(str(goal) for goal in self.goals)
        return f"| {self.part}: {self.name} | {_short(self.figure)} | {hundred} | {self.unit} | {goals} |"

    def as_dict(self) -> dict[str, object]:
        return asdict(self) | {"met": [goal.is_met for goal in self.goals]}


def by_turns(
    part: str, name: str, taken: Mapping[str, Sequence[float]], ours: str, other: str, words: str, most: float
) -> Row:
    """The row of a work that took turns with another: its seconds, and the ratio, both the median over the rounds."""
    ratio = statistics.median(a / b for a, b in zip(taken[ours], taken[other], strict=True))
    return Row(part, name, "s", statistics.median(taken[ours]), None, (Goal(words, ratio, most),))


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
