"""Seconds from publishing until search finds it, with an idle worker beside: in the embedded index on SQLite, and in
Elasticsearch on PostgreSQL where ELASTICSEARCH_URL and DATABASE_URL name them.

The second is measured in a process of its own, because a process has one database.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import datasets
from benchmarks.production import scratch_database
from benchmarks.rows import Goal, Row

WANTS = {datasets.SMALL}
MOST_SECONDS = 1.0
PUBLISHED = 40


def run() -> Iterator[Row]:
    datasets.go_to(datasets.SMALL)
    yield _row("the embedded index on SQLite", published_until_found(datasets.place(datasets.SMALL)))
    server, elastic = os.environ.get("BENCH_DATABASE_URL", ""), os.environ.get("BENCH_ELASTICSEARCH_URL", "")
    if server.startswith("postgres") and elastic:
        with scratch_database(server) as database:
            yield _row("Elasticsearch on PostgreSQL", _in_a_process_of_its_own(database, elastic))
    else:
        print("DATABASE_URL and ELASTICSEARCH_URL name no servers, so only the embedded index is published to.")


def _row(where: str, seconds: list[float]) -> Row:
    times = sorted(seconds)
    worst = times[round(0.95 * len(times)) - 1]
    goals = (Goal("s", worst, MOST_SECONDS), Goal("s in the middle", statistics.median(times)))
    return Row("search", f"published until found, 95 in 100, {where}", "s", worst, None, goals)


def _in_a_process_of_its_own(database: str, elastic: str) -> list[float]:
    folder = datasets.place(datasets.SMALL).parent / "finding"
    variables = {
        "DATABASE_URL": database,
        "ELASTICSEARCH_URL": elastic,
        "BASE_URL": f"http://bench-{os.getpid()}.example",  # names an index of its own
        "PORTAL_DATA": str(folder),
    }
    said = subprocess.run(
        [sys.executable, "-c", "from benchmarks import finding; finding.measure_elasticsearch()"],
        env=os.environ | variables, cwd=datasets.ROOT, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    return json.loads(said.splitlines()[-1])


def measure_elasticsearch() -> None:
    """Fill the database and its index, print the seconds as JSON, and remove the index."""
    import django

    django.setup()
    from django.conf import settings

    from benchmarks import making
    from search import follower
    from search.engines.elastic import ElasticEngine

    engine = ElasticEngine()
    try:
        making.programme()
        follower.rebuild(engine)
        print(json.dumps(published_until_found(settings.PORTAL_DATA)))
    finally:
        for index in engine.client.indices.get(index=f"{engine.alias}-*"):
            engine.client.indices.delete(index=index)


def published_until_found(folder: Path) -> list[float]:
    """Seconds from a commit until search finds what it brought, some forty times, with an idle worker beside."""
    from projects.models import Need

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


def _seconds_until_found(need, word: str, *, most: float = 20) -> float:
    from django.contrib.auth.models import AnonymousUser
    from django.core.cache import cache

    from search import queries
    from search.asking import SearchQuery

    need.title = f"{need.title.split(' bench')[0][:80]} {word}"
    time.sleep(0.3 + 0.07 * (len(word) % 3))  # not in step with the worker's looks
    began = time.perf_counter()
    need.save()
    while time.perf_counter() - began < most:
        cache.clear()
        if queries.search(AnonymousUser(), SearchQuery(q=word, exact=True)).results:
            return time.perf_counter() - began
        time.sleep(0.02)
    raise AssertionError(f"{word} was not found within {most} s")
