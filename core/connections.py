"""Connections to the database: kept for the next query, and statements as long as it takes them."""

import sqlite3
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def keep_connections() -> None:
    """Keep this process's connections for its next queries, with a health check before each reuse.

    For page servers and the worker, whose threads stay. Threads of sockets come and go, and each would keep one.
    """
    for connection in connections.all():
        connection.settings_dict.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)


def take_long_statements(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Let a statement to SQLite hold the values that it takes: Django keeps to the 999 of SQLite before 2020.

    An import of 2,000 entries then asks a few statements, as on PostgreSQL, and not one for each 37 entries.
    """
    if connection.vendor == "sqlite":
        connection.features.max_query_params = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
