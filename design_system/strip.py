"""The story strip's shape: which nodes fold away where the page is narrow."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format

SHOWN_AT_LEAST = 6  # so many nodes fit beside each other on a narrow desktop
FIRST, LAST = 2, 3


@dataclass
class Strip:
    """Nodes in order; those from `fold_at` on for `len(folded)` hide behind “and n more” on narrow desktops."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    fold_at: int = -1
    folded: list[dict[str, Any]] = field(default_factory=list)


def day(value: Any) -> str:
    """A date as people write it; words stay words."""
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    return str(value or "")


def folded(nodes: list[dict[str, Any]]) -> Strip:
    """Fold the middle of a long strip: never the first two, the last three, or the present one."""
    nodes = [{**node, "date_words": day(node.get("date"))} for node in nodes]
    for node, following in itertools.pairwise(nodes):
        node["leads_to_future"] = following.get("state") == "future"
    middle = range(FIRST, len(nodes) - LAST) if len(nodes) >= SHOWN_AT_LEAST else range(0)
    present = next((n for n in middle if nodes[n].get("state") == "present"), None)
    if present is not None:  # keep the longer run that leaves the present one in sight
        before, after = range(middle.start, present), range(present + 1, middle.stop)
        middle = before if len(before) >= len(after) else after
    if len(middle) < 2:
        return Strip(nodes)
    for n in middle:
        nodes[n]["is_middle"] = True
    return Strip(nodes, middle.start, [nodes[n] for n in middle])
