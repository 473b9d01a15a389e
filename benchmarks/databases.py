"""A database of a run's own, on SQLite or the PostgreSQL server that DATABASE_URL names; time and memory of works."""

import time
from collections.abc import Callable
from pathlib import Path


def vendor() -> str:
    from django.db import connection

    return {"postgresql": "PostgreSQL"}.get(connection.vendor, "SQLite")


def make_database() -> None:
    from django.core.management import call_command
    from django.db import connection

    if vendor() == "PostgreSQL":
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    else:
        call_command("migrate", verbosity=0)


def drop_database() -> None:
    from django.db import connection

    if vendor() == "PostgreSQL":
        connection.creation.destroy_test_db("", verbosity=0)


def forget_statements() -> None:
    """Have Django keep no list of the statements it sends, as it does on a laptop."""
    from django.conf import settings

    settings.DEBUG = False


def timed(work: Callable[[], object]) -> float:
    """Seconds that a work takes: of processor time on SQLite, which works in the same process, else by the clock."""
    clock = time.perf_counter if vendor() == "PostgreSQL" else time.process_time
    began = clock()
    work()
    return clock() - began


def most_memory() -> float:
    """The most that this process has held, in MB; `ru_maxrss` begins with what the process held that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
