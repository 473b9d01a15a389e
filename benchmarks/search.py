"""Searching 20,000 needs more: right, misspelt, and while many changes are not yet followed."""

from collections.abc import Callable, Iterator

import tantivy
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from benchmarks import counting, datasets
from benchmarks.measure import Work, least
from benchmarks.pages import LEAN_MI, answered, lean_page
from benchmarks.rows import Goal, Row
from search import queries
from search.asking import Asked
from search.documents import FACETS
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_schema import register_analyzers
from search.models import Change

WANTS = {datasets.SEARCH}
# In nearly every document; in about one in a hundred; a letter too many.
COMMON, RARE, MISSPELT = "w3", "w900", "w9000q"
BEHIND = 53_800
FLOOR = "× bare tantivy (top 20, eight counts, extracts)"


def run() -> Iterator[Row]:
    right = _row_of_words("a common word", COMMON), _row_of_words("a rare word", RARE)
    yield from right
    yield _row_of_words("two words", f"{COMMON} {RARE}")
    cost = _costs(right=_search(RARE, exact=False), misspelt=_search(MISSPELT, exact=False))
    times = Goal("× a right one", cost["misspelt"] / cost["right"], 3)
    yield Row("search", "a misspelt word", counting.unit(), cost["misspelt"], None, (times,))
    client = Client()
    cost = _costs(page=_here(lambda: answered(client, f"/search/?q={RARE}")))
    times = Goal("× a lean page", cost["page"] / cost["lean"])
    yield Row("search", "page of results", counting.unit(), cost["page"], None, (times,))
    cost = _costs(suggest=_here(lambda: client.get(f"/search/suggest?q={RARE[:3]}")))
    times = Goal("× a lean page", cost["suggest"] / cost["lean"])
    yield Row("search", "suggestions while typing", counting.unit(), cost["suggest"], None, (times,))
    yield from _rows_while_behind()


def _row_of_words(name: str, words: str) -> Row:
    cost = _costs(ours=_search(words), bare=_here(_bare(words)))
    return Row("search", name, counting.unit(), cost["ours"], None, (Goal(FLOOR, cost["ours"] / cost["bare"]),))


def _rows_while_behind() -> Iterator[Row]:
    """Many changes wait; they are taken back afterwards."""
    datasets.go_to(datasets.SEARCH)
    with transaction.atomic():
        newest = Change.objects.order_by("transaction", "pk").last()
        number = newest.transaction if newest else 0
        Change.objects.bulk_create(
            (Change(kind="need", key=str(n % 20_000), transaction=number) for n in range(BEHIND)), batch_size=5000
        )
        # The lean page is measured on this data too: to go elsewhere would take the changes back.
        cost = _costs(
            anew=_search(RARE, ready=cache.clear),
            again=_search(RARE),
            lean=Work(lean_page(Client()).run, data=datasets.SEARCH),
        )
        transaction.set_rollback(True)
    for name, words in (("anew", f"while {BEHIND:,} changes wait"), ("again", "the same within a second")):
        goals = [Goal("× a lean page", cost[name] / cost["lean"], round(25 / LEAN_MI, 2))]
        if counting.counts_instructions():
            goals.append(Goal("Mi", cost[name], 25))
        yield Row("search", words, counting.unit(), cost[name], None, tuple(goals))


def _costs(**works: Work) -> dict[str, float]:
    lean = Work(lean_page(Client()).run, data=datasets.SEARCH)
    return least({"lean": lean} | works)


def _here(run: Callable[[], object]) -> Work:
    return Work(lambda _: run(), data=datasets.SEARCH)


def _search(words: str, *, exact: bool = True, ready: Callable[[], object] | None = None) -> Work:
    asked, nobody = Asked(q=words, exact=exact), AnonymousUser()

    def ask(_: object) -> None:
        if not queries.search(nobody, asked).results:
            raise AssertionError(f"{words} finds nothing")

    return Work(ask, ready or (lambda: None), datasets.SEARCH)


def _bare(words: str) -> Callable[[], object]:
    datasets.go_to(datasets.SEARCH)
    engine = EmbeddedEngine()
    name = next(settings.SEARCH_INDEX.glob("live-*")).read_text()
    index = tantivy.Index.open(str(engine.folder / name))
    register_analyzers(index)
    counts = {name: {"terms": {"field": name, "size": 500}} for name in ("kind", *FACETS)}

    def ask() -> object:
        searcher = index.searcher()
        query = index.parse_query(words, ["title", "summary", "body"], conjunction_by_default=True)
        found = searcher.search(query, 20)
        searcher.aggregate(query, counts)
        extracts = tantivy.SnippetGenerator.create(searcher, query, index.schema, "summary")
        return [extracts.snippet_from_doc(searcher.doc(address)).to_html() for _, address in found.hits]

    return ask
