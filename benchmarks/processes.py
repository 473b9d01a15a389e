"""Whole processes by the clock: how long one takes to start, and when what was published is found."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from benchmarks import datasets
from benchmarks.rows import Goal, Row
from projects.models import Need
from search import queries
from search.asking import Asked

WANTS = {datasets.SMALL}
STARTS = {
    "the pages’ server": "from portal.wsgi import application; from django.urls import resolve; resolve('/needs/')",
    "the sockets’ server": "from portal.asgi import application",
    "the worker": "import django; django.setup(); import portal.management.commands.worker",
}
MOST_START_SECONDS = 1.5
PUBLISHED = 12


def run() -> Iterator[Row]:
    for name, code in STARTS.items():
        seconds, processor = min(_start(code) for _ in range(4))
        goal = Goal("s", seconds, MOST_START_SECONDS)
        yield Row("start", name, "s", seconds, None, (goal, Goal("s of processor time", processor)))
    times = sorted(_publish_and_find())
    worst = times[min(len(times) - 1, round(0.95 * len(times)))]
    middle = Goal("s in the middle", statistics.median(times))
    yield Row("search", "published until found, 95 in 100", "s", worst, None, (Goal("s", worst, 1.0), middle))


def _start(code: str) -> tuple[float, float]:
    """Seconds until the process has everything it needs to answer, and its processor time."""
    # As on any machine where the code has been run before: compiled, and kept so.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=datasets.ROOT, env=environment)
    taken, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _publish_and_find() -> list[float]:
    """Seconds from a commit until search finds what it brought, with an idle worker beside."""
    datasets.go_to(datasets.SMALL)
    folder = datasets.place(datasets.SMALL)
    environment = os.environ | {"PORTAL_DATA": str(folder)}
    command = [sys.executable, "manage.py", "worker", "--no-schedules"]
    worker = subprocess.Popen(command, env=environment, cwd=datasets.ROOT, stdout=subprocess.DEVNULL)
    try:
        need = Need.objects.order_by("pk").first()
        _seconds_until_found(need, "benchwarm", most=60)
        return [_seconds_until_found(need, f"bench{_letters(number)}") for number in range(PUBLISHED)]
    finally:
        worker.terminate()
        worker.wait(20)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") * 2


def _seconds_until_found(need: Need, word: str, *, most: float = 20) -> float:
    need.title = f"{need.title.split(' bench')[0][:80]} {word}"
    time.sleep(0.3 + 0.07 * (len(word) % 3))  # not in step with the worker's looks
    began = time.perf_counter()
    need.save()
    while time.perf_counter() - began < most:
        cache.clear()
        if queries.search(AnonymousUser(), Asked(q=word, exact=True)).results:
            return time.perf_counter() - began
        time.sleep(0.02)
    raise AssertionError(f"{word} was not found within {most} s")
