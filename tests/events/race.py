"""A starting line: many threads do their deed at the same moment, each on its own connection."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet


def all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each deed returned, or the exception it ended with, in the order of `deeds`."""
    line = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            line.wait(timeout=30)
            return deed()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


def slowly(function: Callable) -> Callable:
    """`function` after a moment's thought, so that whoever is not kept apart meets in the middle."""

    def slow(*args: Any, **kwargs: Any) -> Any:
        time.sleep(0.02)
        return function(*args, **kwargs)

    return slow


def problems(results: list[Any]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the guard away: on PostgreSQL rows are only read, on SQLite transactions begin without the write lock."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")
    else:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **kwargs: rows.all())
