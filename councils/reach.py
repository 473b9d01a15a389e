"""What else the coverage radar counts councils by: an app above that knows it registers, the radar asks.

In `AppConfig.ready()`: `reach.register("survey", reach.RadarMeasure("Survey answered", "answered", counted))`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from councils.kinds import Kind


@dataclass(frozen=True)
class ReachedCouncils:
    """The rows that are counted, the name of their council, and the day as at which councils are counted."""

    rows: QuerySet[Any]
    council: str
    on: dt.date
    about: str = ""  # in a sentence, what was chosen


@dataclass(frozen=True)
class ReachedByType:
    """How many councils are counted of each kind, where nothing tells which: kind, nation, councils, counted."""

    lines: tuple[tuple[Kind, str, int, int], ...]
    on: dt.date
    about: str
    is_illustrative: bool


@dataclass(frozen=True)
class RadarMeasure:
    """What is counted, as it stands on a tab and in a sentence, and how: None where nothing is held by that day."""

    tab: str
    words: str
    counted: Callable[[dt.date], ReachedCouncils | ReachedByType | None]


_known: dict[str, RadarMeasure] = {}


def register(key: str, reach: RadarMeasure) -> None:
    """Count councils by this too, under a name that an address asks for."""
    _known[key] = reach


def known() -> dict[str, RadarMeasure]:
    """What is registered, by the name that an address asks for."""
    return dict(_known)
