"""How long each process takes to start, by the clock."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks import datasets
from benchmarks.rows import Goal, Row

WANTS = {datasets.SMALL}
STARTS = {
    "the pages’ server": "from portal.wsgi import application; from django.urls import resolve; resolve('/needs/')",
    "the sockets’ server": "from portal.asgi import application",
    "the worker": "import django; django.setup(); import portal.management.commands.worker",
}
MOST_START_SECONDS = 1.5


def run() -> Iterator[Row]:
    for name, code in STARTS.items():
        seconds, processor = min(_start(code) for _ in range(4))
        goal = Goal("s", seconds, MOST_START_SECONDS)
        yield Row("start", name, "s", seconds, None, (goal, Goal("s of processor time", processor)))


def _start(code: str) -> tuple[float, float]:
    """Seconds until the process has everything it needs to answer, and its processor time."""
    # As on any machine where the code has been run before: compiled, and kept so.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # Python's own tidying up at the end of a process is no part of its start.
    subprocess.run(
        [sys.executable, "-c", f"{code}; import os; os._exit(0)"], check=True, cwd=datasets.ROOT, env=environment
    )
    taken, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
