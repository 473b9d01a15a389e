"""Figures that a council has published elsewhere, from which its case study may take them: apps further up offer them.

In `AppConfig.ready()` of the upper app: `own_figures.register(figures_of_returns)`.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from councils.models import Organisation, Service

LONGEST_MEASURE, LONGEST_UNIT = 160, 40  # characters that the form of a figure takes


@dataclass(frozen=True)
class OwnValue:
    """One value with what belongs to it, as far as that is known."""

    value: Decimal
    on: dt.date | None = None  # the last day that it counts
    n: int | None = None  # on how many it was measured


@dataclass(frozen=True)
class OwnFigure:
    """A measure of a council's own, with its latest value and, where there is one, what it was before."""

    key: str  # stands in an address: letters, digits and hyphens, the same each time it is offered
    name: str
    measure: str
    unit: str
    after: OwnValue
    before: OwnValue | None
    source: str  # in words, for the middle of a sentence
    note: str  # where it stands and that it is made up if it is, as a sentence for the readers of the case study
    how: str = ""  # what was counted, another sentence
    counted_by: str = ""  # `us` or `estimate`, as the form of the interview has it; empty where nobody knows
    warning: str = ""
    is_illustrative: bool = False


# What a council has published of these services, or of any where None is given: at most so many, the newest first.
FigureSource = Callable[[Organisation, Collection[Service] | None, int], Sequence[OwnFigure]]

_sources: list[FigureSource] = []


def register(*sources: FigureSource) -> None:
    """Ask these too, each once."""
    _sources.extend(source for source in sources if source not in _sources)


def offered(council: Organisation, services: Collection[Service] | None, *, most: int) -> list[OwnFigure]:
    """What the sources offer, `most` of each."""
    return [figure for source in _sources for figure in source(council, services, most)[:most]]
