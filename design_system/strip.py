"""The layout of the story strip: which nodes are folded on a narrow page, and which on a phone."""

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from core.words import day_in_words

DrawnNode = dict[str, Any]
COLUMNS = 6  # so many nodes stand beside each other on a narrow desktop without shrinking the type


@dataclass
class Strip:
    """The nodes in order. The first node of a folded run carries the whole run as `fold`."""

    nodes: list[DrawnNode]

    @property
    def folded(self) -> list[DrawnNode]:
        return [node for node in self.nodes if node.get("is_middle")]

    @property
    def rest(self) -> list[DrawnNode]:
        """The future nodes after the next one, folded below it on a phone."""
        return [node for node in self.nodes if node.get("is_rest")]

    @property
    def to_come(self) -> int:
        """The number of future nodes, including the next one."""
        return sum(node.get("state") == "future" for node in self.nodes)

    @property
    def is_complete(self) -> bool:
        """Whether no node is in the future: then the middle folds on a phone as it does on a narrow desktop."""
        return not self.to_come


def day(value: Any) -> str:
    """A date in words; a string unchanged."""
    if isinstance(value, dt.date):
        return day_in_words(value)
    return str(value or "")


def _runs(how_many: int, kept: set[int]) -> list[list[int]]:
    """The runs of at least two nodes between kept ones, which can be folded."""
    numbered = itertools.groupby(range(how_many), key=lambda n: n in kept)
    return [run for is_kept, group in numbered if not is_kept and len(run := list(group)) > 1]


def _columns(how_many: int, kept: set[int]) -> int:
    runs = _runs(how_many, kept)
    return how_many - sum(len(run) - 1 for run in runs)


def folded(nodes: list[DrawnNode]) -> Strip:
    """Fold what lies between the first, the present and the last node, as far as the columns ask for it."""
    nodes = [{**node, "date_words": day(node.get("date"))} for node in nodes]
    for node, following in itertools.pairwise(nodes):
        node["leads_to_future"] = following.get("state") == "future"
    to_come = [node for node in nodes if node.get("state") == "future"]
    if len(to_come) > 2:  # a single one is not folded
        to_come[0]["is_next"] = True
        for node in to_come[1:]:
            node["is_rest"] = True
    if len(nodes) <= COLUMNS:
        return Strip(nodes)
    last = len(nodes) - 1
    kept = {0, last, *(n for n, node in enumerate(nodes) if node.get("state") == "present")}
    for candidate in (1, last - 1, last - 2, 2, last - 3):
        if _columns(len(nodes), kept | {candidate}) <= COLUMNS:
            kept.add(candidate)
    for run in _runs(len(nodes), kept):
        nodes[run[0]]["fold"] = [nodes[n] for n in run]
        for n in run:
            nodes[n]["is_middle"] = True
    return Strip(nodes)
