"""How each search engine is: whether it answers, how much it holds, how far it is behind the rows."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from core.words import counted
from search.engines import engines
from search.models import Change, Cursor
from search.port import SearchEngine, Unreachable

MOST_COUNTED = 10_000  # changes: an index that far behind is not waited for by the number


@dataclass(frozen=True)
class EngineState:
    """One engine: the public documents it holds, and the changes it has not followed, the oldest `seconds` ago.

    Of those no more than one above `MOST_COUNTED` are counted.
    """

    name: str
    documents: int = 0
    behind: int = 0
    oldest: dt.datetime | None = None  # of the changes it has not followed
    problem: str = ""

    @property
    def seconds(self) -> int:
        """How long the oldest change has waited for it."""
        return max(0, int((timezone.now() - self.oldest).total_seconds())) if self.oldest else 0

    @property
    def holds(self) -> str:
        """embedded with 606 public documents"""
        return f"{self.name} with {counted(self.documents, 'public document')}"

    @property
    def lag(self) -> str:
        """embedded 3 changes and 12 s behind"""
        changes = "more than " * (self.behind > MOST_COUNTED) + counted(min(self.behind, MOST_COUNTED), "change")
        return f"{self.name} {changes} and {self.seconds:,} s behind"


def engine_states() -> list[EngineState]:
    """Each engine in the order in which readers’ searches ask them."""
    return [_state(engine) for engine in engines()]


def in_use(states: list[EngineState]) -> EngineState | None:
    """The engine that answers searches: the first that can; None where none does."""
    return next((state for state in states if not state.problem), None)


def _state(engine: SearchEngine) -> EngineState:
    cursor = Cursor.objects.filter(engine=engine.name).first()
    waiting = Change.objects.after(cursor) if cursor else Change.objects.all()
    oldest = waiting.values_list("at", flat=True).first()
    behind = waiting[: MOST_COUNTED + 1].count() if oldest else 0
    documents, problem = 0, ""
    try:
        if engine.is_ready():
            documents = engine.count()
        else:
            problem = "has not been filled: manage.py rebuild_search, or wait a minute"
    except Unreachable:
        problem = "cannot be reached"
    return EngineState(engine.name, documents, behind, oldest, problem)
