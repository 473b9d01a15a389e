"""Updates of an index from the change log.

The cursor moves after the engine has committed, and documents are read from the rows as they are now, so a worker may
be killed at any point: its work is repeated.
"""

import fcntl
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import Max

from search.documents import SearchDocument, Source
from search.models import Change, Cursor
from search.port import SearchEngine
from search.reading import touched_by
from search.sources import SOURCES

log = structlog.get_logger(__name__)

BATCH = 500
PRUNED = "pruned"  # the cursor that says up to where old changes were thrown away

# Called during a rebuild with the source, the number of its rows done, and the number of all.
Report = Callable[[str, int, int], None]


def follow(engine: SearchEngine) -> int:
    """Bring `engine` up to date; build its index where there is none. Returns how many documents it indexed."""
    with _alone(engine.name):
        cursor = Cursor.objects.filter(engine=engine.name).first()
        if cursor is None or not engine.is_ready() or _has_missed_changes(cursor):
            return _rebuild(engine)
        done = 0
        while changes := list(Change.objects.after(cursor).settled()[:BATCH]):
            touched = touched_by(changes)  # one council's new name may stand in thousands of documents
            for start in range(0, len(touched), BATCH):
                documents, deletes = documents_of(touched[start : start + BATCH])
                engine.apply(documents, deletes, version=version())
                done += len(documents) + len(deletes)
            _move(engine, changes[-1])
            cursor.transaction, cursor.position = changes[-1].transaction, changes[-1].pk
        return done


def rebuild(engine: SearchEngine, report: Report | None = None) -> int:
    """Build a new index from every row and switch readers to it. Returns how many documents it holds."""
    with _alone(engine.name):
        return _rebuild(engine, report)


def _rebuild(engine: SearchEngine, report: Report | None = None) -> int:
    _forget_changes_of_another_server()
    # Whatever is written from here on is followed afterwards, seen by the build or not.
    last = Change.objects.settled().last()
    count = 0

    def counted() -> Iterator[SearchDocument]:
        nonlocal count
        for source in SOURCES.values():
            for document in every_document(source, report):
                count += 1
                yield document

    engine.rebuild(counted(), version=version())
    _move(engine, last)
    return count


def every_document(source: Source, report: Report | None = None) -> Iterator[SearchDocument]:
    """The documents of all rows of a source that can be found by anyone, in the order of their keys."""
    rows = source.rows().order_by("pk")
    total = rows.count() if report else 0
    for done, row in enumerate(rows.iterator(chunk_size=BATCH), start=1):
        if document := _document(source, row):
            yield document
        if report and (done % BATCH == 0 or done == total):
            report(source.name, done, total)


def documents_of(touched: Iterable[tuple[str, int]]) -> tuple[list[SearchDocument], list[str]]:
    """The current documents of these records, by source and key, and the keys of those that can no longer be found."""
    keys: dict[str, set[int]] = defaultdict(set)
    for kind, pk in touched:
        keys[kind].add(pk)
    documents: list[SearchDocument] = []
    gone: list[str] = []
    for kind, pks in keys.items():
        source = SOURCES[kind]
        found = [document for row in source.rows().filter(pk__in=pks) if (document := _document(source, row))]
        documents += found
        gone += sorted({f"{kind}:{pk}" for pk in pks} - {document.key for document in found})
    return documents, gone


def _document(source: Source, row) -> SearchDocument | None:
    """The document of a row; None, with an error in the log, where it cannot be made, so that others still are."""
    try:
        return source.to_document(row)
    except Exception:
        log.exception("document_unreadable", key=source.key(row))
        return None


def version() -> int:
    """The number of the newest change: what is written from the rows as they are now replaces what older ones gave."""
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def _move(engine: SearchEngine, change: Change | None) -> None:
    if change:
        place = {"transaction": change.transaction, "position": change.pk}
    else:  # an empty log, or one whose old changes were thrown away
        pruned = Cursor.objects.filter(engine=PRUNED).first() or Cursor()
        place = {"transaction": pruned.transaction, "position": pruned.position}
    Cursor.objects.update_or_create(engine=engine.name, defaults=place)


def _has_missed_changes(cursor: Cursor) -> bool:
    """Whether changes that the engine has not followed were already deleted from the log."""
    pruned = Cursor.objects.filter(engine=PRUNED).first()
    return pruned is not None and (cursor.transaction, cursor.position) < (pruned.transaction, pruned.position)


def _forget_changes_of_another_server() -> None:
    """Delete changes with transaction numbers that this server has not reached, as of a database restored elsewhere."""
    if connection.vendor == "postgresql":
        with connection.cursor() as database:
            database.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            Change.objects.filter(transaction__gt=database.fetchone()[0]).delete()


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """A lock: one follower of an engine at a time on this machine; the next one waits."""
    settings.SEARCH_INDEX.mkdir(parents=True, exist_ok=True)
    with open(settings.SEARCH_INDEX / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
