"""A row of the result: a figure, what it was compared with, and the goals it was asked to reach."""

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


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
