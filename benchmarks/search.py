"""Searching 20,000 needs more: right, misspelt, and while many changes are not yet followed."""

from collections.abc import Callable, Iterator

import tantivy
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from benchmarks import counting, datasets
from benchmarks.measure import Work, least, nothing
from benchmarks.pages import LEAN_MI, answered, lean_page
from benchmarks.rows import Goal, Row
from search import queries
from search.asking import SearchQuery
from search.documents import FACETS
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_queries import stored
from search.engines.embedded_schema import register_analyzers
from search.models import Change
from search.port import PUBLIC, SearchRequest
from search.readers import PUBLIC as PUBLIC_LABELS

WANTS = {datasets.SEARCH}
# In nearly every document; in about one in a hundred; a letter too many.
COMMON, RARE, MISSPELT = "w3", "w900", "w9000q"
BEHIND = 53_800
FLOOR = "× bare tantivy (top 20, eight counts, extracts)"


def run() -> Iterator[Row]:
    for name, words in (("a common word", COMMON), ("a rare word", RARE), ("two words", f"{COMMON} {RARE}")):
        cost = least({"ours": _search(words), "bare": _here(_bare(words))})
        yield _row(name, cost["ours"], Goal(FLOOR, cost["ours"] / cost["bare"]))
    cost = least({"right": _search(RARE, exact=False), "misspelt": _search(MISSPELT, exact=False)})
    yield _row("a misspelt word", cost["misspelt"], Goal("× a right one", cost["misspelt"] / cost["right"], 3))
    client = Client()
    cost = least({
        "lean": _lean(),
        "page": _here(lambda: answered(client, f"/search/?q={RARE}")),
        "engine": _here(_engine(RARE)),
    })  # fmt: skip
    goal = Goal("× a lean page and 1.5 times the engine", cost["page"] / (cost["lean"] + 1.5 * cost["engine"]))
    yield _row("page of results", cost["page"], Goal("× a lean page", cost["page"] / cost["lean"]), goal)
    cost = least({"lean": _lean(), "page": _here(lambda: answered(client, f"/search/suggest?q={RARE[:3]}"))})
    yield _row("suggestions while typing", cost["page"], Goal("× a lean page", cost["page"] / cost["lean"]))
    yield from _rows_while_behind()


def _row(name: str, figure: float, *goals: Goal) -> Row:
    return Row("search", name, counting.unit(), figure, None, goals)


def _rows_while_behind() -> Iterator[Row]:
    """The rows while many changes wait for the index; the changes are rolled back afterwards."""
    datasets.go_to(datasets.SEARCH)
    with transaction.atomic():
        newest = Change.objects.order_by("transaction", "pk").last()
        number = newest.transaction if newest else 0
        Change.objects.bulk_create(
            (Change(kind="need", key=str(n % 20_000), transaction=number) for n in range(BEHIND)), batch_size=5000
        )
        cost = least({"lean": _lean(), "anew": _behind(cache.clear), "again": _behind()})
        transaction.set_rollback(True)
    for name, words in (("anew", f"while {BEHIND:,} changes wait"), ("again", "the same within a second")):
        goals = [Goal("× a lean page", cost[name] / cost["lean"], 25 / LEAN_MI)]
        if counting.counts_instructions():
            goals.append(Goal("Mi", cost[name], 25))
        yield _row(words, cost[name], *goals)


def _lean() -> Work:
    """The lean page on the data that is searched: opening other data would roll back what is not committed."""
    return Work(lean_page(Client()).run, data=datasets.SEARCH)


def _here(run: Callable[[], object]) -> Work:
    return Work(lambda _: run(), data=datasets.SEARCH)


def _search(words: str, *, exact: bool = True) -> Work:
    asked, nobody = SearchQuery(q=words, exact=exact), AnonymousUser()

    def ask(_: object) -> None:
        if not queries.search(nobody, asked).results:
            raise AssertionError(f"{words} finds nothing")

    return Work(ask, data=datasets.SEARCH)


def _engine(words: str) -> Callable[[], object]:
    asked = SearchRequest(SearchQuery(q=words).words, PUBLIC_LABELS)
    return lambda: EmbeddedEngine().search(asked)


def _behind(ready: Callable[[], object] = nothing) -> Work:
    """Search while behind. It may find nothing: what changed may be hidden until the index has followed."""
    asked, nobody = SearchQuery(q=RARE, exact=True), AnonymousUser()
    return Work(lambda _: queries.search(nobody, asked), ready, datasets.SEARCH)


def _bare(words: str) -> Callable[[], object]:
    datasets.go_to(datasets.SEARCH)
    return bare_search(EmbeddedEngine(), words)


def bare_search(engine: EmbeddedEngine, words: str) -> Callable[[], object]:
    """A work that asks this engine's index past the engine: the first 20, the counts of all facets, extracts: of title
    and summary, or of the text where neither has the words.
    """
    index = tantivy.Index.open(str(engine.folder / engine._pointer.read_text() / PUBLIC))
    register_analyzers(index)
    counts = {name: {"terms": {"field": name, "size": 500}} for name in ("kind", *FACETS)}

    def ask() -> object:
        searcher = index.searcher()
        query = index.parse_query(words, ["title", "summary", "body"], conjunction_by_default=True)
        found = searcher.search(query, 20)
        searcher.aggregate(query, counts)
        titles, extracts, texts = (
            tantivy.SnippetGenerator.create(searcher, query, index.schema, name)
            for name in ("title", "summary", "body")
        )

        def shown(document: tantivy.Document) -> list[str]:
            snippets = [titles.snippet_from_doc(document), extracts.snippet_from_doc(document)]
            if not any(each.highlighted() for each in snippets):
                alone = tantivy.Document()
                alone.add_text("body", stored(document, "prose"))
                snippets.append(texts.snippet_from_doc(alone))
            return [each.to_html() for each in snippets]

        return [shown(searcher.doc(address)) for _, address in found.hits]

    return ask
