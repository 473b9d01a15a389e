"""The engines against the same queries sent bare, at 20,000 documents and, on the embedded one, at ten times as many.

python -m benchmarks.engines [--documents 20000] [--times 10]

Documents have 200 to 800 words drawn by Zipf's law. Milliseconds are by the clock, 95th percentiles of rounds by turns;
ELASTICSEARCH_URL names the server, if there is one, and DATABASE_URL a PostgreSQL to compare with.

With ten times the documents a search of words or of a phrase may take 2.5 times as long, of a word in most documents 5
times. A phrase of the two commonest words of all reads where each stands in nearly every document, bare as well: it
grows as the documents do, so what is judged is how much more it grows than bare.
"""

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import datasets
from benchmarks.results import ResultFile
from benchmarks.rows import Goal, Row

PUBLIC = frozenset({"everyone"})
COUNTS = {"kind": 6, "service": 120, "council_type": 6, "region": 12, "year": 9}
ROUNDS = 60
MOST_BESIDE_BARE = 1.3
FIRST_ROW = 1_000_000  # the key of the first document's row, beyond those of the demo programme
COMMONEST = "a phrase of the commonest words"
SHARES = {"a word in 1 of 100": 0.01, "a word in 1 of 10": 0.1, "a word in 8 of 10": 0.8}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=10)
    chosen = parser.parse_args()
    elastic = os.environ.pop("ELASTICSEARCH_URL", "")
    database = os.environ.pop("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="portal-engines-") as folder:
        datasets.set_up(Path(folder))
        datasets.prepare({datasets.SMALL}, Path(folder))
        result = ResultFile(unit="ms by the clock", called="engines")
        for row in run(Path(folder), chosen.documents, chosen.times, elastic, database):
            print(row.as_line(), flush=True)
            result.add(row)
    print(f"Written: {os.path.relpath(result.path)}")
    if any(goal.is_met is False for row in result.rows for goal in row.goals):
        sys.exit("A goal is missed.")


def run(folder: Path, documents: int, times: int, elastic: str, database: str = "") -> Iterator[Row]:
    small, words = _embedded(folder / "embedded", documents)
    costs = yield from _against_bare(small, words, documents)
    yield from _while_typing(small, words, documents)
    if elastic:
        yield from _on_elasticsearch(elastic, words, documents)
    else:
        print("ELASTICSEARCH_URL names no server, so only the embedded engine is asked.")
    if database.startswith("postgres"):
        yield from _against_postgresql(database, small, words, documents)
    else:
        print("DATABASE_URL names no PostgreSQL, so its own full text search is not compared.")
    if times > 1:
        large, words = _embedded(folder / "embedded-large", documents * times)
        grown = yield from _against_bare(large, words, documents * times)
        for name, (cost, bare) in grown.items():
            before, bare_before = costs[name]
            most = None if name == COMMONEST else 5.0 if "8 of 10" in name else 2.5
            goals = (
                Goal(f"× with {times} times the documents", cost / before, most),
                Goal("× as much more as bare", (cost / before) / (bare / bare_before), MOST_BESIDE_BARE),
            )
            yield Row(
                "search", f"{name}: {documents * times:,} against {documents:,} documents", "ms", cost, None, goals
            )


def _documents(number: int) -> Iterator[Any]:
    """So many documents of words that are drawn anew the same each time."""
    from search.documents import FACETS, KINDS, SearchDocument

    dice, kinds = random.Random(2014), [*KINDS]
    vocabulary = [f"w{rank}" for rank in range(40_000)]
    cumulative = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    for n in range(number):
        words = dice.choices(vocabulary, cum_weights=cumulative, k=dice.randint(200, 800))
        yield SearchDocument(
            key=f"need:{FIRST_ROW + n}",
            kind=kinds[dice.randrange(COUNTS["kind"])],
            title=" ".join(words[:8]),
            summary=" ".join(words[8:30]),
            body=" ".join(words[30:]),
            readers=("everyone",),
            facets={name: (f"{name}{dice.randrange(many)}",) for name, many in COUNTS.items() if name in FACETS},
        )


def _embedded(folder: Path, number: int) -> tuple[Any, dict[str, str]]:
    """An engine with so many documents, and words that stand in as many of them as SHARES says.

    The first document has the phrase whose words stand nearest to 1 in 10.
    """
    from search.engines.embedded import EmbeddedEngine

    frequency: Counter[str] = Counter()
    first: list[str] = []

    def counted() -> Iterator[Any]:
        for document in _documents(number):
            words = f"{document.title} {document.summary} {document.body}".split()
            first.extend(() if first else words)
            frequency.update({*words})
            yield document

    folder.mkdir()
    engine, began = EmbeddedEngine(folder), time.perf_counter()
    engine.rebuild(counted(), version=1)
    print(f"Built {number:,} documents in {time.perf_counter() - began:.0f} s", flush=True)
    found = {
        name: min(frequency, key=lambda word: abs(frequency[word] / number - share)) for name, share in SHARES.items()
    }

    def from_one_in_ten(word: str) -> float:
        return abs(frequency[word] / number - 0.1)

    one_field = itertools.pairwise(first[30:])
    pair = min(one_field, key=lambda words: sum(map(from_one_in_ten, words)))
    found["a phrase of words in 1 of 10"] = f'"{" ".join(pair)}"'
    found[COMMONEST] = '"w1 w2"'
    found["two words of 1 in 10"] = " ".join(sorted(frequency, key=from_one_in_ten)[:2])
    return engine, found


def _against_bare(engine: Any, words: dict[str, str], number: int) -> Any:
    """Rows of what a search costs over a bare one that shows as much: the service's function, rows asked and all, and
    the engine alone; returns what the engine and the bare search cost, by name.
    """
    from benchmarks.search import bare_search

    _rows_for_documents(number)
    costs = {}
    for name, typed in words.items():
        whole, ours, bare = _by_turns(_service(engine, typed), _search(engine, typed), bare_search(engine, typed))
        costs[name] = ours, bare
        goal = Goal("× bare tantivy (top 20, counts, extracts)", whole / bare, 2.0)
        yield Row("search", f"service function, {name}, {number:,} documents", "ms", whole, None, (goal,))
        goal = Goal("× bare tantivy (top 20, counts, extracts)", ours / bare, 2.0)
        yield Row("search", f"embedded, {name}, {number:,} documents", "ms", ours, None, (goal,))
    return costs


def _rows_for_documents(number: int) -> None:
    """Have a row for each document, which the service's function asks whether its reader may find it."""
    from accounts.models import User
    from councils.models import Organisation
    from projects.models import Need

    known = Need.objects.filter(pk__gte=FIRST_ROW).count()
    person, council = User.objects.first(), Organisation.objects.councils().first()
    rows = (
        Need(pk=FIRST_ROW + n, title=f"Need {n}", slug=f"bench-{n}", council=council, raised_by=person)
        for n in range(known, number)
    )
    Need.objects.bulk_create(rows, batch_size=5000)


def _service(engine: Any, typed: str) -> Callable[[], object]:
    """What a page calls to search, as a stranger."""
    from django.contrib.auth.models import AnonymousUser

    from search.asking import SearchQuery
    from search.queries import search_with

    stranger = AnonymousUser()

    def ask() -> object:
        answer = search_with(engine, stranger, SearchQuery(q=typed))
        assert answer.results, f"{typed} finds nothing"
        return answer

    return ask


def _while_typing(engine: Any, words: dict[str, str], number: int) -> Iterator[Row]:
    rare = words["a word in 1 of 100"]
    (cost,) = _by_turns(lambda: engine.suggest(rare[:3], readers=PUBLIC))
    yield Row("search", f"suggestions, {number:,} documents", "ms", cost, None, (Goal("ms", cost, 5.0),))
    (cost,) = _by_turns(lambda: engine.similar_words(f"{rare}q", readers=PUBLIC))
    yield Row("search", f"words like a misspelt one, {number:,} documents", "ms", cost, None, (Goal("ms", cost),))


def _on_elasticsearch(server: str, words: dict[str, str], number: int) -> Iterator[Row]:
    """The adapter against the client of Elasticsearch that sends the same query bare."""
    from benchmarks.elastic import engine_of_ones_own
    from search.engines import elastic_queries
    from search.port import SearchRequest
    from search.words import read

    with engine_of_ones_own(server) as engine:
        engine.rebuild(_documents(number), version=1)
        for name, typed in words.items():
            asked = SearchRequest(read(typed, exact=True), PUBLIC)
            body = elastic_queries.whole_search(engine._new_search(PUBLIC), asked).to_dict()
            ours, bare = _by_turns(
                lambda asked=asked: engine.search(asked),
                lambda body=body: engine.client.search(index=engine.alias, body=body),
            )
            goal = Goal("× the bare client", ours / bare, 1.3)
            yield Row("search", f"Elasticsearch, {name}, {number:,} documents", "ms", ours, None, (goal,))


def _against_postgresql(database: str, engine: Any, words: dict[str, str], number: int) -> Iterator[Row]:
    """The service's engine against PostgreSQL's full text search: as Wagtail's own search asks it, then at its best."""
    from benchmarks.tsvector import tsvector

    name, typed = "a word in 1 of 100", words["a word in 1 of 100"]
    with tsvector(database, _documents(number)) as postgresql:
        for how, least in (("as modelsearch asks it", 20.0), ("with the index it lacks", None)):
            ours, theirs = _by_turns(
                _search(engine, typed), lambda: postgresql.search(typed), rounds=10, of=statistics.median
            )
            goal = Goal("× as quick", theirs / ours, least, is_least=True)
            yield Row("search", f"PostgreSQL {how}, {name}, {number:,} documents", "ms", theirs, None, (goal,))
            postgresql.add_the_index_it_lacks()


def _search(engine: Any, typed: str) -> Callable[[], object]:
    from search.port import SearchRequest
    from search.words import read

    asked = SearchRequest(read(typed, exact=True), PUBLIC)

    def ask() -> object:
        page = engine.search(asked)
        assert page.hits, f"{typed} finds nothing"
        return page

    return ask


def _worst_of_twenty(taken: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1]


def _by_turns(
    *works: Callable[[], object], rounds: int = ROUNDS, of: Callable[[list[float]], float] = _worst_of_twenty
) -> list[float]:
    """What each work took in milliseconds, as `of` says; they take turns, and the first round is left out."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, seconds in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            seconds.append(1000 * (time.perf_counter() - began))
    return [of(seconds[1:]) for seconds in taken]


if __name__ == "__main__":
    main()
