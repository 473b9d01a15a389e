"""What an engine's indexes hold other than the rows say, found by comparing all of both."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.documents import SearchDocument
from search.follower import every_document
from search.models import Change, Cursor
from search.port import INDEXES, SearchEngine, Unreachable, is_held
from search.reading import touched_by
from search.sources import SOURCES, numbers_of


@dataclass(frozen=True)
class Drift:
    """The keys of documents that an engine lacks, holds as they were, or should not hold where it does."""

    documents: int = 0  # that can be made of the rows
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.missing, *self.stale, *self.forbidden)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "documents": self.documents,
            "missing": len(self.missing),
            "stale": len(self.stale),
            "forbidden": len(self.forbidden),
        }


def drift_of(engine: SearchEngine) -> Drift:
    """What differs between the engine's indexes and the rows; without what it has yet to follow, which is no drift."""
    cursor = Cursor.objects.filter(engine=engine.name).first()
    if cursor is None or not engine.is_ready():
        raise Unreachable("There is no index yet.")
    # The indexes before the rows, and the log last: whatever changes meanwhile stands in the log after the cursor.
    held = {index: dict(engine.held(index)) for index in INDEXES}
    documents = 0
    found: dict[str, set[str]] = {"missing": set(), "stale": set(), "forbidden": set()}
    for document in _documents():
        documents += 1
        for index in INDEXES:
            digest = held[index].pop(document.key, None)
            if is_held(document, index) and digest != document.digest:
                found["missing" if digest is None else "stale"].add(document.key)
            elif digest is not None and not is_held(document, index):
                found["forbidden"].add(document.key)
    found["forbidden"].update(*held.values())
    waiting = {f"{kind}:{key}" for kind, key in touched_by(Change.objects.after(cursor))}
    return Drift(documents, **{name: tuple(sorted(keys - waiting)) for name, keys in found.items()})


def mend(drift: Drift) -> None:
    """Log what drifted as changed: readers see it as its rows are at once, and the engine follows it anew."""
    for kind, keys in numbers_of(drift.keys).items():
        Change.announce(kind, [str(key) for key in keys])


def _documents() -> Iterator[SearchDocument]:
    for source in SOURCES.values():
        yield from every_document(source)
