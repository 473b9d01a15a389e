"""Races: many threads call an operation at the same moment, each on its own connection.

Without the guard nobody commits before all have come as far, so that a control overlaps on a machine of any speed.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from core import statements

# The longest that a commit is held back for threads that the database itself makes wait.
HELD_FOR = 0.5
_race = threading.local()


def all_at_once(actions: list[Callable[[], Any]]) -> list[Any]:
    """Run all at once and return what each returned, or its exception, in the order of `actions`."""
    line, finish = threading.Barrier(len(actions)), threading.Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        _race.finish = finish
        try:
            connection.ensure_connection()
            line.wait(timeout=30)
            return action()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def slowly(function: Callable) -> Callable:
    """`function` after a short wait, so that threads without a lock overlap."""

    def slow(*args: Any, **kwargs: Any) -> Any:
        time.sleep(0.02)
        return function(*args, **kwargs)

    return slow


def problems(results: list[Any]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


def _held_back(commit: Callable) -> Callable:
    """`commit`, of which the first of a thread waits until every thread of its race has come to its own."""

    def held(*args: Any, **kwargs: Any) -> Any:
        finish, _race.finish = getattr(_race, "finish", None), None
        if finish:
            with contextlib.suppress(threading.BrokenBarrierError):
                finish.wait(timeout=HELD_FOR)
        return commit(*args, **kwargs)

    return held


@pytest.fixture
def guard_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the lock: on PostgreSQL rows are only read, on SQLite transactions begin without the write lock."""
    wrapper = type(connections["default"])
    monkeypatch.setattr(wrapper, "commit", _held_back(wrapper.commit))
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")
    else:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **kwargs: rows.all())
        monkeypatch.setattr(statements, "built", {})
