"""On PostgreSQL a lower number may commit after a higher one: nothing may be skipped, nor followed too early."""

import threading

import pytest
from django.db import connection, connections, transaction

from search import follower
from search.models import Change, ChangeQuerySet, Cursor
from tests.factories.projects import NeedFactory
from tests.search.test_following import Recording

pytestmark = [pytest.mark.sql, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slow_writer():
    """A transaction elsewhere that has changed a need, got the lower number, and has not committed yet."""
    assert connection.vendor == "postgresql", "DATABASE_URL must name a PostgreSQL server"
    written, may_commit, keys = threading.Event(), threading.Event(), []

    def write() -> None:
        try:
            with transaction.atomic():
                keys.append(f"need:{NeedFactory(title='Slow').pk}")
                written.set()
                may_commit.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    assert written.wait(20)

    def commit() -> str:
        may_commit.set()
        thread.join()
        return keys[0]

    yield commit
    commit()


def start() -> Recording:
    engine = Recording()
    follower.follow(engine)
    return engine


def test_a_change_that_commits_later_with_a_lower_number_is_not_skipped(request):
    engine = start()
    commit = request.getfixturevalue("slow_writer")
    quick = f"need:{NeedFactory(title='Quick').pk}"

    follower.follow(engine)
    slow = commit()
    follower.follow(engine)

    assert {slow, quick} <= engine.documents.keys()
    first, second = (Change.objects.filter(key=key.split(":")[1]).first() for key in (slow, quick))
    assert first.pk < second.pk, "the slow writer had the lower number, or this test proves nothing"


def test_without_the_guard_it_would_be(request, monkeypatch):
    """The negative control: following by number alone loses the slow change."""
    monkeypatch.setattr(ChangeQuerySet, "settled", lambda rows: rows.order_by("pk"))
    monkeypatch.setattr(ChangeQuerySet, "after", lambda rows, cursor: rows.filter(pk__gt=cursor.position))
    engine = start()
    commit = request.getfixturevalue("slow_writer")
    quick = f"need:{NeedFactory(title='Quick').pk}"

    follower.follow(engine)
    slow = commit()
    follower.follow(engine)

    assert quick in engine.documents
    assert slow not in engine.documents


def test_changes_of_a_server_that_this_database_came_from_do_not_stop_the_log():
    NeedFactory(title="Restored")
    Change.objects.update(transaction=2**60)
    engine = Recording()

    follower.rebuild(engine)
    need = f"need:{NeedFactory(title='New').pk}"
    follower.follow(engine)

    assert need in engine.documents
    assert not Change.objects.after(Cursor.objects.get(engine=engine.name)).exists()
