"""An index keeps up with the change log: nothing missing, nothing stale, whatever happens to the worker."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections

from core import clock
from search import follower, schedules
from search.asking import SearchQuery
from search.engines.embedded import EmbeddedEngine
from search.models import Change, Cursor
from search.port import Unreachable
from search.queries import search
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory

pytestmark = pytest.mark.sql


class Recording:
    """An engine that only records its calls."""

    name = "recording"

    def __init__(self) -> None:
        self.documents: dict[str, str] = {}
        self.calls = 0

    def is_ready(self) -> bool:
        return True

    def apply(self, documents, deletes, *, version):
        self.calls += 1
        for key in deletes:
            self.documents.pop(key, None)
        self.documents |= {document.key: document.title for document in documents}

    def rebuild(self, documents, *, version):
        self.documents = {document.key: document.title for document in documents}
        return "recording"


@pytest.fixture
def engine(db):
    engine = Recording()
    follower.follow(engine)
    return engine


def test_the_first_time_everything_is_taken_in(db, harlow):
    need = NeedFactory(title="Bins")
    engine = Recording()

    follower.follow(engine)

    assert engine.documents[f"need:{need.pk}"] == "Bins"
    assert engine.documents[f"council:{harlow.pk}"] == "Harlow District Council"


def test_changes_are_taken_in_as_the_rows_are_now(engine):
    need = NeedFactory(title="Bins")
    need.title = "Bins and boxes"
    need.save()

    follower.follow(engine)

    assert engine.documents[f"need:{need.pk}"] == "Bins and boxes"


def test_what_was_deleted_or_withdrawn_is_forgotten(engine):
    event, need = EventFactory(), NeedFactory()
    key = f"event:{event.pk}"
    follower.follow(engine)
    event.delete()
    need.state = need.State.WITHDRAWN
    need.save()

    follower.follow(engine)

    assert key not in engine.documents
    assert f"need:{need.pk}" not in engine.documents


def test_many_changes_go_in_batches_and_each_record_once(engine, monkeypatch):
    monkeypatch.setattr(follower, "BATCH", 10)
    needs = NeedFactory.create_batch(8)
    batches = -(-Change.objects.count() // 10)

    follower.follow(engine)
    follower.follow(engine)

    assert {f"need:{need.pk}" for need in needs} <= engine.documents.keys()
    assert engine.calls == batches > 1


def test_a_record_that_cannot_be_read_does_not_keep_the_others_out(engine, monkeypatch):
    bad, good = NeedFactory(title="Bad"), NeedFactory(title="Good")
    source = follower.SOURCES["need"]
    explode = lambda need: 1 / 0 if need.title == "Bad" else source.to_document(need)  # noqa: E731 - one line says it
    monkeypatch.setitem(follower.SOURCES, "need", type(source)(**{**source.__dict__, "to_document": explode}))

    follower.follow(engine)

    assert f"need:{good.pk}" in engine.documents
    assert f"need:{bad.pk}" not in engine.documents


def test_each_engine_follows_with_its_own_cursor(engine):
    other = Recording()
    other.name = "other"
    follower.follow(other)
    need = NeedFactory()

    follower.follow(engine)

    assert f"need:{need.pk}" in engine.documents
    assert f"need:{need.pk}" not in other.documents
    follower.follow(other)
    assert f"need:{need.pk}" in other.documents


def test_an_engine_that_fails_keeps_its_place(engine, monkeypatch):
    need = NeedFactory()
    place = Cursor.objects.get(engine=engine.name).position

    with monkeypatch.context() as broken:
        broken.setattr(Recording, "apply", lambda *args, **kwargs: (_ for _ in ()).throw(Unreachable("gone")))
        with pytest.raises(Unreachable):
            follower.follow(engine)
    assert Cursor.objects.get(engine=engine.name).position == place

    follower.follow(engine)
    assert f"need:{need.pk}" in engine.documents


def test_old_changes_are_thrown_away_and_an_engine_that_missed_them_builds_anew(engine, on_day):
    behind = Recording()
    behind.name = "behind"
    follower.follow(behind)
    need = NeedFactory()
    Change.objects.update(at=clock.now() - schedules.KEEP_CHANGES * 2)
    follower.follow(engine)

    schedules.forget_old_changes()

    assert not Change.objects.exists()
    follower.follow(behind)
    assert f"need:{need.pk}" in behind.documents
    follower.follow(behind)
    assert behind.calls == 0


def test_an_index_of_an_older_shape_or_none_at_all_is_built_anew(db, tmp_path):
    NeedFactory(title="Quibble")
    engine = EmbeddedEngine()
    follower.follow(engine)
    for pointer in settings.SEARCH_INDEX.glob("live-*"):
        pointer.unlink()
    assert not engine.is_ready()

    follower.follow(engine)

    assert engine.is_ready()


# A worker killed at any moment ---------------------------------------------------------------------------------

# A process that has read what takes its time and has opened nothing. Each line it hears is a worker, in a fork of its
# own, of which it tells the end.
WORKERS = """
import json, os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connection
import search.engines.embedded as embedded
from search import follower
from search.engines.embedded import EmbeddedEngine

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def work(point, index, database):
    settings.SEARCH_INDEX, connection.settings_dict["NAME"] = Path(index), database
    seen = []
    if point == "before the engine writes":
        EmbeddedEngine.apply = die
    if point == "while it writes":
        whole = embedded.to_tantivy
        embedded.to_tantivy = lambda document: (seen.append(1), die() if len(seen) > 2 else whole(document))[1]
    if point == "after it committed, before the cursor moves":
        follower._move = die
    if point == "while building anew":
        follower.BATCH = 3
        real = follower._document
        follower._document = lambda source, row: (seen.append(1), die() if len(seen) > 20 else real(source, row))[1]
        follower.rebuild(EmbeddedEngine())
    follower.follow(EmbeddedEngine())

for line in sys.stdin:
    child = os.fork()
    if not child:
        work(*json.loads(line))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
POINTS = [
    "before the engine writes",
    "while it writes",
    "after it committed, before the cursor moves",
    "while building anew",
]


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    """A function: the end of a worker that follows in this test's index and database, and dies at a point."""
    own = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PORTAL_TEST_DATA": str(tmp_path_factory.mktemp("workers")),
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}

    def work(point: str) -> int:
        told = [point, str(settings.SEARCH_INDEX), str(connection.settings_dict["NAME"])]
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    command = [sys.executable, "-c", WORKERS]
    with subprocess.Popen(command, env={**os.environ, **own}, cwd=settings.BASE_DIR, **pipes) as process:
        yield work


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_any_point_leaves_nothing_missing(point, workers):
    follower.follow(EmbeddedEngine())
    first, gone = NeedFactory.create_batch(6, title="Quibble"), EventFactory(title="Quibble day")
    follower.follow(EmbeddedEngine())
    later = NeedFactory.create_batch(6, title="Quibble")
    first[0].title = "Another title"
    first[0].what = "Other words."
    first[0].save()
    gone.delete()

    assert workers(point) == -signal.SIGKILL
    connections.close_all()

    follower.follow(EmbeddedEngine())

    page = search_all("quibble")
    assert page == {f"need:{need.pk}" for need in (*first[1:], *later)}
    assert search_all("another title", exact=True) == {f"need:{first[0].pk}"}
    cursor = Cursor.objects.get(engine="embedded")
    assert not Change.objects.after(cursor).exists()


def search_all(words: str, exact: bool = False) -> set[str]:
    return {result.hit.key for result in search(AnonymousUser(), SearchQuery(q=words, exact=exact)).results}
