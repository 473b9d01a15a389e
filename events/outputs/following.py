"""The registry of what other apps list among what came out of a day, after its projects."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from events.event.models import Event

OutputLine = dict[str, str]


@dataclass(frozen=True)
class Following:
    """One list: `rows(event, user)` have a `title` and, annotated as text, `way` and `note`; `line` makes one of these.

    They are read in one query with everything else that came out.
    """

    kind: str
    heading: str
    rows: Callable[[Event, Any], QuerySet]
    line: Callable[[str, str, str], OutputLine]


_lists: dict[str, Following] = {}


def register(following: Following) -> None:
    """List it on the page of each day from which some of it came; registering again has no effect."""
    _lists[following.kind] = following


def lists() -> dict[str, Following]:
    """What is registered, by kind, in the order of the page."""
    return dict(_lists)
