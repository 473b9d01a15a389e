"""The dot strip of a council's assessment by Planting the Flag."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.words import counted
from design_system.charts import Chart, dot_strip
from steering.models import FlagAssessment, FlagStep
from steering.queries.strategy import ItemStanding

_LEAST, _MOST = min(FlagStep.values), max(FlagStep.values)


def in_steps(step: Any) -> str:
    """`3 of 4`, and of a median `2.5 of 4`."""
    return f"{float(step):g} of {_MOST}"


def _median_of(items: Sequence[ItemStanding]) -> str:
    return f"Median of {counted(len(items[0].steps), 'council')}"


def _who(items: Sequence[ItemStanding]) -> str:
    """What the marks are, for the title."""
    own = "◆ the council’s own step"
    return own if items[0].median is None else f"{own} and ○ the {_median_of(items).lower()}"


def _named(step: int) -> str:
    return str(FlagStep(step).label).lower()


def strip_of(assessment: FlagAssessment, items: Sequence[ItemStanding]) -> Chart:
    """The dot strip of an assessment: a line for each item, with the median of councils from five on."""
    rows = []
    for each in items:
        points = [("Own", getattr(assessment, each.item.key))]
        if each.median is not None:
            points.append((_median_of(items), each.median))
        rows.append((each.item.in_short, points))
    drawn = dot_strip(
        "planting-the-flag",
        rows,
        title=f"{_who(items)}, from {_LEAST}, {_named(_LEAST)}, to {_MOST}, {_named(_MOST)}",
        of="Item",
        who="Who",
        counts="Step",
        marked="Own",
        say=in_steps,
        scale=(_LEAST, _MOST),
    )
    return replace(drawn, description=_extremes(assessment, items))


def _extremes(assessment: FlagAssessment, items: Sequence[ItemStanding]) -> str:
    """The items furthest on and furthest back in words, for those who do not see the strip."""
    by_step = sorted(items, key=lambda each: getattr(assessment, each.item.key))
    last, first = by_step[0].item, by_step[-1].item
    return (
        f"Furthest on: {first.name}, {in_steps(getattr(assessment, first.key))}. "
        f"Furthest back: {last.name}, {in_steps(getattr(assessment, last.key))}."
    )
