"""How well each engine answers what people ask of the demo programme, and the queries it answers worst.

Elasticsearch is measured on the same rows where ELASTICSEARCH_URL names one.
"""

import os
from collections.abc import Iterator

from benchmarks import datasets
from benchmarks.rows import Goal, Row
from search import follower
from search.engines.embedded import EmbeddedEngine
from search.port import SearchEngine
from tests.relevance.scoring import FLOOR, mean, score, worst

WANTS = {datasets.SMALL}


def run() -> Iterator[Row]:
    datasets.go_to(datasets.SMALL)
    yield _row(EmbeddedEngine())
    if address := os.environ.get("BENCH_ELASTICSEARCH_URL"):
        from benchmarks.elastic import engine_of_ones_own

        with engine_of_ones_own(address) as engine:
            follower.rebuild(engine)
            yield _row(engine)
    else:
        print("ELASTICSEARCH_URL names no server, so only the embedded index is asked.")


def _row(engine: SearchEngine) -> Row:
    scored = score(engine)
    print(f"{engine.name}. {worst(scored)}", flush=True)
    goal = Goal("nDCG@10", mean(scored), FLOOR, is_least=True)
    return Row("relevance", f"{len(scored)} judged queries, {engine.name}", "nDCG@10", goal.value, None, (goal,))
