"""What of a margin is printed in one breakdown: on which scale, and which columns are withheld.

It reckons with a reader who knows each printed count exactly, as whole percentages of small bases tell it anyhow, and
how many responded in each group. To that reader the columns withheld of a breakdown are a table of which both edges are
known, so the least and most of each of its counts are plain sums. Whether that holds against what is printed is tried
apart, by linear programmes over the printed figures (`attack`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from surveys.disclosure.counting import GroupTally, Tallies, joined
from surveys.disclosure.groups import Columns
from surveys.disclosure.rules import why_withheld
from surveys.disclosure.values import TOTAL, Limits, Margin, PrintedPart, Scale

MOST_OTHERS = 3  # columns withheld to hide others, before the breakdown goes


@dataclass(frozen=True)
class Choosing:
    """A way to print a margin in a breakdown."""

    scale: Scale
    withheld: frozenset[PrintedPart]


@dataclass(frozen=True)
class MarginInBreakdown:
    """A margin in one breakdown, with what was counted and who responded."""

    margin: Margin
    breakdown: str
    columns: Columns
    tallies: Tallies
    respondents: Tallies
    limits: Limits
    moved: frozenset[PrintedPart] = frozenset()  # too like last wave's column, with few who joined or left

    def ways(self) -> Iterator[Choosing]:
        """The ways that hold, those with most columns first, then the finest scale."""
        found = [(self.scales.index(scale), way) for scale in self.scales for way in self._on(scale)]
        yield from (way for at, way in sorted(found, key=lambda each: (len(each[1].withheld), each[0])))

    @property
    def scales(self) -> tuple[Scale, ...]:
        return self.margin.scales or ((),)

    def _on(self, scale: Scale) -> Iterator[Choosing]:
        """The first way of each number of columns on a scale, the smallest columns being the first to go."""
        must = [
            part
            for part in self.columns.parts
            if part in self.moved or why_withheld(self.answered[part], self.margin, scale, self.limits)
        ]
        others = sorted(
            (part for part in self.columns.parts if part not in must), key=lambda part: self.answered[part].base
        )
        for how_many in range(min(MOST_OTHERS, len(others) - 1) + 1):
            for more in combinations(others, how_many):
                if self.is_hidden([*must, *more, *self.columns.left_out], scale):
                    yield Choosing(scale, frozenset([*must, *more]))
                    break

    def is_hidden(self, parts: Sequence[PrintedPart], scale: Scale) -> bool:
        """Whether what these answered together may be told, as it can be worked out, and tells of none alone."""
        if not parts:
            return True
        together = joined(self.tallies, self.breakdown, [group for part in parts for group in part.groups])
        if why_withheld(together, self.margin, scale, self.limits):
            return False
        sizes = [self.sizes[part] for part in parts]
        if len(parts) < 2 and parts[0] not in self.columns.left_out:
            return False
        if self.margin.is_mean:
            return True
        return all(
            self._width(share, size, sum(sizes)) >= min(self.limits.width, self._width(in_all, size, self.in_all))
            for share, in_all in self._shares(together, scale)
            for size in sizes
        )

    def _shares(self, together: GroupTally, scale: Scale) -> Iterator[tuple[int, int]]:
        """How many gave each answer of a scale, in the withheld columns together and in all."""
        everybody = self.tallies[TOTAL, TOTAL]
        for category in scale:
            yield (
                sum(together.counts[choice] for choice in category.choices),
                sum(everybody.counts[choice] for choice in category.choices),
            )

    @staticmethod
    def _width(share: int, size: int, of: int) -> int:
        """How far apart the least and the most are that `size` of these `of` people can have in a share of them."""
        return min(share, size) - max(0, share + size - of)

    @cached_property
    def answered(self) -> Mapping[PrintedPart, GroupTally]:
        return {part: joined(self.tallies, self.breakdown, part.groups) for part in self.columns.parts}

    @cached_property
    def sizes(self) -> Mapping[PrintedPart, int]:
        everyone = [*self.columns.parts, *self.columns.left_out]
        return {part: joined(self.respondents, self.breakdown, part.groups).base for part in everyone}

    @cached_property
    def in_all(self) -> int:
        return self.respondents[TOTAL, TOTAL].base
