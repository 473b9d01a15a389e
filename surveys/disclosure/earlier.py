"""What last wave's release tells beside this one's, where a reader takes it that most answered both times alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.disclosure.counting import GroupTally
from surveys.disclosure.rounding import NEAREST
from surveys.disclosure.values import TOTAL, FrozenRelease, Limits, PrintedColumn, PrintedPart


@dataclass(frozen=True)
class EarlierWave:
    """Last wave's release, and how many of each group are thought to have answered both times alike.

    `stayed` is by breakdown and group. Without it the two waves are taken to be of different people.
    """

    release: FrozenRelease
    stayed: Mapping[tuple[str, str], int]

    def in_both(self, breakdown: str, groups: tuple[str, ...]) -> int | None:
        """How many of these groups, or in all, stayed; None where that is not known."""
        if breakdown == TOTAL:
            sums = [sum(n for (key, _), n in self.stayed.items() if key == each) for each in self.release.response]
            return max(sums, default=0) if self.stayed else None
        known = [self.stayed[breakdown, group] for group in groups if (breakdown, group) in self.stayed]
        return sum(known) if len(known) == len(groups) else None

    def responded(self, breakdown: str, groups: tuple[str, ...]) -> int:
        """How many of these groups, or in all, responded last time."""
        if breakdown == TOTAL:
            return max((sum(groups.values()) for groups in self.release.response.values()), default=0)
        return sum(self.release.response.get(breakdown, {}).get(group, 0) for group in groups)


def shows_who_came(
    earlier: EarlierWave,
    margin: str,
    part: PrintedPart,
    answered: GroupTally,
    size: int,
    *,
    breakdown: str,
    limits: Limits,
) -> bool:
    """Whether the difference from last wave's column would be the answers of fewer than ten who came or went.

    That takes few who came or went, and figures that do not contradict that everybody else answered alike.
    """
    stayed = earlier.in_both(breakdown, part.groups)
    then = _same_column(earlier.release, margin, part, breakdown)
    if stayed is None or then is None:
        return False
    came, went = size - stayed, earlier.responded(breakdown, part.groups) - stayed
    if not (0 < came < limits.respondents or 0 < went < limits.respondents):
        return False
    spans = list(_spans(then))
    more = sum(max(0, _of(answered, choices) - most) for choices, _, most in spans)
    fewer = sum(max(0, least - _of(answered, choices)) for choices, least, _ in spans)
    return more <= came and fewer <= went


def _same_column(release: FrozenRelease, margin: str, part: PrintedPart, breakdown: str) -> PrintedColumn | None:
    """Last wave's printed column of the same groups."""
    return next(
        (
            column
            for column in release.columns
            if (column.margin, column.breakdown) == (margin, breakdown)
            and {*column.groups} == {*part.groups}
            and column.base is not None
            and column.cells
        ),
        None,
    )


def _spans(column: PrintedColumn) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The choices of each printed cell, with the least and most who may have given them."""
    half = NEAREST // 2
    for cell in column.cells:
        if cell.percent is not None and column.base is not None:
            least = (column.base - half) * (2 * cell.percent - 1) // 200
            most = -(-(column.base + half) * (2 * cell.percent + 1) // 200)
            yield cell.category.choices, least, most


def _of(answered: GroupTally, choices: tuple[str, ...]) -> int:
    return sum(answered.counts[choice] for choice in choices)
