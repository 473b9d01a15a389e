"""Connections to the database: kept for the next query, and statements as long as it takes them."""

import sqlite3
import threading
import time
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_MOST_VALUES = 32_766  # of a statement to SQLite
_TRUSTED_FOR = 1.0  # seconds: no database is stopped and started again in less
_last = threading.local()


def keep_connections() -> None:
    """Keep this process's connections for its next queries, with a health check before each reuse.

    For page servers and the worker, whose threads stay. Threads of sockets come and go, and each would keep one. The
    check is left out where the same thread has answered a request within the last second.
    """
    for connection in connections.all():
        connection.settings_dict.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    request_started.connect(_trust)  # after Django's own, which asks for the check
    request_finished.connect(_note)


def _note(**signal: Any) -> None:
    _last.answered = time.monotonic()


def _trust(**signal: Any) -> None:
    if time.monotonic() - getattr(_last, "answered", 0.0) < _TRUSTED_FOR:
        for connection in connections.all(initialized_only=True):
            connection.health_check_done = True  # type: ignore[attr-defined]  # Django has it, the stubs do not


def take_long_statements(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Let a statement to SQLite hold the values that it takes: Django keeps to the 999 of SQLite before 2020.

    An import of 2,000 entries then asks a few statements, as on PostgreSQL, and not one for each 37 entries. No more
    than SQLite itself takes by default, though this build may: a connection keeps its last 128 statements, and one of
    70,000 values is several megabytes.
    """
    if connection.vendor == "sqlite":
        takes = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = min(takes, _MOST_VALUES)
