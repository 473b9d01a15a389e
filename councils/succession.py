"""What goes on at a council, and how its successor gets it. Each app says so of its own, in `AppConfig.ready()`:

    succession.register(RunningWork(("project it leads", "projects it leads"), led_and_running, hand_on_project))

What was done stays under the name of the council that did it. Whatever is counted on a day of the past must come to
the same before and after, so a row that past days are counted on stays, and the successor gets one of its own.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from audit.kinds import kind_of
from core.words import counted
from councils.models import Organisation


@dataclass(frozen=True)
class Succession:
    """From which council to which, from which day on, and who says so."""

    council: Organisation
    to: Organisation
    on: dt.date
    by: User


@dataclass(frozen=True)
class RunningWork:
    """One kind of what goes on at a council: its words for one and for many, its rows, and how one of them goes over.

    `hand_on` runs inside the transaction of the reorganisation, with both councils locked, once for each row. `name` is
    how a row is called to the secretariat beforehand; without one only their number is shown, as of drafts.
    """

    noun: tuple[str, str]
    rows: Callable[[Organisation], QuerySet]
    hand_on: Callable[[Any, Succession], object]
    name: Callable[[Any], str] | None = None

    def in_words(self, number: int) -> str:
        """How many of them: 3 projects it leads."""
        return counted(number, *self.noun)


@dataclass(frozen=True)
class GoesOver:
    """What of one kind goes over: how many in words, the names of the first, and how many more there are."""

    words: str
    names: list[str]
    more: int


MOST_NAMED = 8
_kinds: list[RunningWork] = []
_followers: list[Callable[[Organisation, Organisation], object]] = []


def register(*kinds: RunningWork) -> None:
    """Hand these on with every reorganisation, in the order of registration; registering again has no effect."""
    _kinds.extend(kind for kind in kinds if kind not in _kinds)


def register_followers(*moves: Callable[[Organisation, Organisation], object]) -> None:
    """Let these carry what people follow of one council to another; it is no work, so it is neither counted nor named.

    Called as a council’s work goes over, and before one that was founded in vain leaves the directory.
    """
    _followers.extend(move for move in moves if move not in _followers)


def take_followers(was: Organisation, to: Organisation) -> None:
    """Let whoever follows one council follow another instead."""
    for move in _followers:
        move(was, to)


def what_goes_on(council: Organisation) -> list[GoesOver]:
    """What goes on at a council, as the secretariat is shown it: numbers and names, and no titles of drafts."""
    numbers = [(kind, kind.rows(council).count()) for kind in _kinds]
    return [_goes_over(kind, council, number) for kind, number in numbers if number]


def _goes_over(kind: RunningWork, council: Organisation, number: int) -> GoesOver:
    rows = kind.rows(council).order_by("pk")[:MOST_NAMED] if kind.name else ()
    names = [kind.name(row) for row in rows] if kind.name else []
    return GoesOver(kind.in_words(number), names, number - len(names) if names else 0)


@dataclass
class WentOver:
    """What went over: in words, and each kind with the keys of its rows, by which the audit trail finds them again."""

    words: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: Any, rows: list[Any]) -> None:
        """Add the rows of a kind of running or personal work; none says nothing."""
        if rows:
            self.words.append(kind.in_words(len(rows)))
            self.rows.append({"what": kind.noun[1], "kind": kind_of(rows[0]), "keys": [row.pk for row in rows]})


def hand_everything_on(succession: Succession) -> WentOver:
    """Hand on all that goes on at the council, and whoever follows it; returns what went over."""
    went = WentOver()
    for kind in _kinds:
        rows = list(kind.rows(succession.council).order_by("pk"))
        went.add(kind, rows)
        for row in rows:
            kind.hand_on(row, succession)
    take_followers(succession.council, succession.to)
    return went
