"""Two versions of a business case side by side: which figures differ, and which words were taken out and put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from projects.portfolio.models import BusinessCase
from projects.sums.words import paid_back_in, saved_a_year, sums_pairs

RunMark = Literal["same", "del", "ins"]


@dataclass(frozen=True)
class Run:
    """Some words of a text that stand in both versions, only in the earlier, or only in the later."""

    mark: RunMark
    text: str


def runs_of(before: str, after: str) -> list[Run]:
    """The words of two texts as runs, as one reads: what was taken out stands before what came in its place."""
    old, new = _words(before), _words(after)
    return list(_runs(old, new))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    for what, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Run("same", "".join(old[from_old:to_old]))
            continue
        if out := "".join(old[from_old:to_old]):
            yield Run("del", out)
        if come := "".join(new[from_new:to_new]):
            yield Run("ins", come)


def _words(text: str) -> list[str]:
    """Each word with the space behind it, so that no lone space counts as what two texts have in common."""
    return re.findall(r"\S+\s*|\s+", text)


@dataclass(frozen=True)
class FigureLine:
    """A figure in both versions, as people read it."""

    name: str
    before: str
    after: str

    @property
    def is_same(self) -> bool:
        return self.before == self.after


def lines_of(before: BusinessCase, after: BusinessCase) -> list[FigureLine]:
    """Every figure of two versions, and what follows from them."""
    return [
        FigureLine(name, value, new)
        for (name, value), (_, new) in zip(_figures(before), _figures(after), strict=True)
    ]  # fmt: skip


def _figures(case: BusinessCase) -> list[tuple[str, str]]:
    return [*sums_pairs(case), ("Saved a year", saved_a_year(case)), ("Paid back in", paid_back_in(case))]


def has_changed(runs: list[Run]) -> bool:
    return any(run.mark != "same" for run in runs)
