"""Whatever is filtered, both engines count what a plain count over the rows counts; words find the same on both."""

import random
from collections import Counter
from statistics import mean

import pytest
from django.contrib.auth.models import AnonymousUser

from search.alike import nearness
from search.asking import SearchQuery
from search.documents import FACETS, KINDS, SearchDocument
from search.follower import documents_of
from search.port import SearchPage
from search.queries import Searching, search_with
from search.sources import SOURCES
from tests.relevance.scoring import DEPTH, judgements

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("programme")]
FILTER_SETS = 200
LEAST_ALIKE = 7


@pytest.fixture(scope="module")
def documents(programme, django_db_blocker):
    """What a stranger may find, read from the rows."""
    with django_db_blocker.unblock():
        rows = [
            (name, pk)
            for name, source in SOURCES.items()
            for pk in source.model._default_manager.values_list("pk", flat=True)
        ]
        found, _ = documents_of(rows)
    return [document for document in found if "everyone" in document.readers]


def filter_sets(documents: list[SearchDocument]) -> list[SearchQuery]:
    """Searches without words, by one to three facets of one or two values that occur, half of them within a kind."""
    dice = random.Random(2014)
    values = {
        name: sorted({value for document in documents for value in document.facets.get(name, ())}) for name in FACETS
    }
    used = [name for name in FACETS if values[name]]
    return [
        SearchQuery(
            kind=dice.choice([*KINDS]) if dice.random() < 0.5 else "",
            filters={
                name: tuple(dice.sample(values[name], min(len(values[name]), dice.randint(1, 2))))
                for name in dice.sample(used, dice.randint(1, 3))
            },
        )
        for _ in range(FILTER_SETS)
    ]


def counted(documents: list[SearchDocument], asked: SearchQuery) -> tuple[int, dict, dict]:
    """The total, the count of each kind, and of each facet's values without its own filter."""

    def fits(document: SearchDocument, *, but: str = "", kind: str = asked.kind) -> bool:
        return kind in ("", document.kind) and all(
            set(values) & set(document.facets.get(name, ())) for name, values in asked.filters.items() if name != but
        )

    facets = {
        name: Counter(v for one in documents if fits(one, but=name) for v in one.facets.get(name, ()))
        for name in FACETS
    }
    kinds = Counter(document.kind for document in documents if fits(document, kind=""))
    return sum(map(fits, documents)), kinds, facets


def counts_of(page: SearchPage) -> tuple[int, dict, dict]:
    return page.total, dict(page.kinds), {name: dict(page.facets.get(name, {})) for name in FACETS}


def test_200_filter_sets_count_as_the_rows_do(engine, documents):
    searching = Searching(engine, AnonymousUser())

    asked = filter_sets(documents)
    wrong = [one for one in asked if counts_of(searching.page(one)) != counted(documents, one)]

    assert wrong == []
    assert sum(counted(documents, one)[0] > 0 for one in asked) > FILTER_SETS / 4


@pytest.mark.elasticsearch
def test_words_find_the_same_on_both_engines(embedded, elastic):
    found = {
        query: [
            search_with(engine, AnonymousUser(), SearchQuery(q=query), size=DEPTH) for engine in (embedded, elastic)
        ]
        for query in judgements()
    }

    assert [query for query, (one, other) in found.items() if one.page.total != other.page.total] == []
    alike = [
        len({result.url for result in one.results} & {result.url for result in other.results})
        * DEPTH
        / len(one.results)
        for one, other in found.values()
        if one.results
    ]
    assert mean(alike) >= LEAST_ALIKE


@pytest.mark.elasticsearch
@pytest.mark.parametrize("council", ["harlow", "surrey", "norwich"])
def test_in_the_order_of_councils_like_one_both_engines_give_the_same_page(embedded, elastic, council):
    for query in ("waste", "planning", "council", "bins"):
        asked = SearchQuery(q=query, sort="alike", like=council)
        one, other = (
            search_with(engine, AnonymousUser(), asked, near=nearness(asked)) for engine in (embedded, elastic)
        )

        assert one.page.total == other.page.total > 0
        assert [result.url for result in one.results] == [result.url for result in other.results], query
