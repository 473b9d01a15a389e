"""How long a process keeps its connections to the database."""

from django.db import connections


def keep_connections() -> None:
    """Keep each of them for the next question, looked at before it is used again.

    Page servers and the worker do: their threads stay. Those of sockets come and go, and each would keep one.
    """
    for connection in connections.all():
        connection.settings_dict.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
