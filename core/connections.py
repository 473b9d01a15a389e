"""Persistent connections to the database."""

from django.db import connections


def keep_connections() -> None:
    """Keep this process's connections for its next queries, with a health check before each reuse.

    For page servers and the worker, whose threads stay. Threads of sockets come and go, and each would keep one.
    """
    for connection in connections.all():
        connection.settings_dict.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
