"""Waking the worker, so that queued tasks begin at once and not when it next polls.

On PostgreSQL by NOTIFY; on SQLite, whose processes share a machine, by the time of a file. A lost call does no harm,
since the worker polls as well. So in a rush a process calls a few times a second and not with every task.
"""

import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction

CHANNEL = "portal_worker"
_GLANCE = 0.05  # seconds between looks at the file
_AT_MOST_EVERY = 0.25  # seconds between calls of one process


def wake() -> None:
    """Wake the workers once the current transaction has committed; once, however often it is asked for."""
    if all(call[1] is not _call for call in connection.run_on_commit):
        transaction.on_commit(_call, robust=True)


class _Caller:
    last = 0.0  # on the monotonic clock


def _call() -> None:
    if time.monotonic() - _Caller.last < _AT_MOST_EVERY:
        return
    _Caller.last = time.monotonic()
    if connection.vendor == "postgresql":
        with connection.cursor() as database:
            database.execute(f"NOTIFY {CHANNEL}")
        return
    now = time.time_ns()  # exact, so that two calls in one tick of the file system's clock differ
    _file().touch()
    os.utime(_file(), ns=(now, now))


def _file() -> Path:
    return settings.PORTAL_DATA / "wake"


class Calls:
    """The calls to one worker. One that arrives while it works ends its next wait at once."""

    def __init__(self) -> None:
        self._last = _last_call()
        self._listening: Any = None

    def wait(self, seconds: float) -> None:
        """Return when called, at the latest after `seconds`."""
        if connection.vendor == "postgresql":
            self._listen(seconds)
            return
        until = time.monotonic() + seconds
        while _last_call() == self._last and time.monotonic() < until:
            time.sleep(min(_GLANCE, seconds))
        self._last = _last_call()

    def _listen(self, seconds: float) -> None:
        """Listen on a connection of its own. After connecting return at once: a call may have been missed before."""
        database = connections[DEFAULT_DB_ALIAS].Database  # type: ignore[attr-defined]  # psycopg
        try:
            if self._listening is None:
                own = connections.create_connection(DEFAULT_DB_ALIAS)
                own.connect()
                own.connection.execute(f"LISTEN {CHANNEL}")
                self._listening = own.connection
            else:
                list(self._listening.notifies(timeout=seconds, stop_after=1))
        except (database.Error, DatabaseError):
            self._listening = None
            time.sleep(seconds)

    def hang_up(self) -> None:
        """Listen no longer."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None


def _last_call() -> int:
    try:
        return _file().stat().st_mtime_ns
    except OSError:
        return 0
