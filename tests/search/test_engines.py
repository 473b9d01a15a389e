"""Both engines find the same: totals, filters, counts, deletes and stems are equal, ranking nearly so.

The embedded one always runs; Elasticsearch where its server is named.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.elastic import engine_of_ones_own
from search.documents import SearchDocument
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.port import INDEXES, WHOLE, SearchRequest
from search.port import PUBLIC as PUBLIC_INDEX
from search.words import read
from tests.search.corpus import CORPUS

pytestmark = pytest.mark.django_db
GOLDEN = list(csv.DictReader((Path(__file__).parent / "golden.csv").open(newline="")))
PUBLIC = frozenset({"everyone"})
EDITOR = frozenset({"everyone", "signed-in", "role:Alliance editors"})


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    engine.rebuild(CORPUS, version=1)
    return engine


@pytest.fixture(scope="module")
def elastic():
    with _new_elastic() as engine:
        yield engine


@contextmanager
def _new_elastic() -> Iterator[ElasticEngine]:
    """The corpus on the real server."""
    with engine_of_ones_own(settings.ELASTICSEARCH_URL) as engine:
        engine.rebuild(CORPUS, version=1)
        yield engine


BOTH = ["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)]


@pytest.fixture(params=BOTH)
def engine(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=BOTH)
def fresh(request, tmp_path):
    """An engine whose index this test may change."""
    if request.param == "embedded":
        engine = EmbeddedEngine(tmp_path / "index")
        engine.rebuild(CORPUS, version=1)
        yield engine
    else:
        with _new_elastic() as engine:
            yield engine


def ask(engine, words="", readers=PUBLIC, exact=False, **limits):
    return engine.search(SearchRequest(read(words, exact=exact), readers, **limits))


def keys(page) -> list[str]:
    return [hit.key for hit in page.hits]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["query"])
def test_the_golden_set_finds_what_people_mean(engine, case):
    page = ask(engine, case["query"])

    first = keys(page)[: int(case["among"])]
    assert set(case["expected"].split()) <= set(first), keys(page)
    assert not set(case["must_not"].split()) & set(keys(page))


def test_an_empty_query_finds_everything_public_newest_first(engine):
    page = ask(engine)

    assert page.total == sum("everyone" in document.readers for document in CORPUS)
    assert [hit.day for hit in page.hits] == sorted((hit.day for hit in page.hits), reverse=True)
    assert keys(page)[0] == "page:2"


def test_a_stem_finds_its_forms(engine):
    totals = {ask(engine, word, exact=True).total for word in ("collection", "collections", "Collecting", "COLLECTED")}

    assert len(totals) == 1
    assert totals != {0}


def test_accents_and_possessives_make_no_difference(engine):
    assert keys(ask(engine, "councíl’s tax", exact=True)) == keys(ask(engine, "council tax", exact=True)) != []


def test_exact_words_leave_synonyms_out(engine):
    assert "discovery:2" in keys(ask(engine, "bin"))
    assert "discovery:2" not in keys(ask(engine, "bin", exact=True))


def test_every_term_is_met_up_to_three_and_three_in_four_beyond(engine):
    assert ask(engine, "bins zzz").total == 0
    assert keys(ask(engine, "vocabulary rounds bins zzz", exact=True)) == keys(
        ask(engine, "vocabulary rounds bins", exact=True)
    )


def test_counts_by_kind_and_facet_are_those_of_the_corpus(engine):
    page = ask(engine)

    public = [document for document in CORPUS if "everyone" in document.readers]
    for kind in {document.kind for document in public}:
        assert page.kinds[kind] == sum(document.kind == kind for document in public)
    for name in ("service", "council_type", "region", "stage", "asset_kind", "evidence", "year"):
        values = [value for document in public for value in document.facets.get(name, ())]
        assert page.facets[name] == {value: values.count(value) for value in set(values)}


def test_a_facet_leaves_out_its_own_filter_and_keeps_to_the_others(engine):
    page = ask(engine, "bins", filters={"council_type": ("district",), "region": ("South East",)})

    assert set(keys(page)) == {"need:2", "asset:1"}
    assert page.facets["council_type"] == {"district": 2, "unitary": 1}
    without_region = ask(engine, "bins", filters={"council_type": ("district",)})
    assert page.facets["region"] == without_region.facets["region"]
    assert page.facets["asset_kind"] == {"standard": 1}


def test_several_values_of_one_facet_widen_it(engine):
    one = ask(engine, filters={"region": ("London",)}).total
    other = ask(engine, filters={"region": ("West Midlands",)}).total

    assert ask(engine, filters={"region": ("London", "West Midlands")}).total == one + other > one


def test_a_tab_narrows_the_results_but_not_the_tabs(engine):
    page = ask(engine, "deferred payment", kind="asset")

    assert keys(page) == ["asset:2"]
    assert page.kinds["project"] == 1
    assert page.facets["asset_kind"] == {"code": 1}


def test_what_one_may_not_find_counts_nowhere(engine):
    page = ask(engine, "quibblewort")

    assert page.total == 0
    assert not page.hits
    assert not any(page.kinds.values())
    everything = ask(engine)
    assert "secret-service" not in everything.facets["service"]
    assert "Atlantis" not in everything.facets["region"]
    assert "1999" not in everything.facets["year"]
    assert engine.suggest("quibble", readers=PUBLIC) == []
    assert engine.suggest("draft", readers=PUBLIC) == []
    assert [word for word, _ in engine.similar_words("quibblewart", readers=PUBLIC) if word == "quibblewort"] == []


def test_whoever_may_find_it_does(engine):
    assert set(keys(ask(engine, "quibblewort", readers=EDITOR))) == {"asset:90", "page:90"}
    assert [s.key for s in engine.suggest("quibble", readers=EDITOR)] != []


def indexes_of(engine, key: str) -> set[str]:
    return {index for index in INDEXES if key in dict(engine.held(index))}


def test_the_public_index_holds_what_everyone_may_find_and_the_whole_one_all(engine):
    public = {document.key for document in CORPUS if "everyone" in document.readers}

    assert dict(engine.held(PUBLIC_INDEX)).keys() == public
    assert dict(engine.held(WHOLE)) == {document.key: document.digest for document in CORPUS}
    assert len(public) < len(CORPUS)


def test_a_record_that_turns_restricted_leaves_the_public_index_and_comes_back_when_it_is_public(fresh):
    document = next(document for document in CORPUS if document.key == "need:7")
    before = ask(fresh, readers=PUBLIC), ask(fresh, readers=EDITOR)

    fresh.apply([replace(document, readers=("role:Alliance editors",))], [], version=2)

    assert indexes_of(fresh, "need:7") == {WHOLE}
    assert ask(fresh).total == before[0].total - 1
    assert ask(fresh, readers=EDITOR).total == before[1].total
    assert fresh.suggest(document.title, readers=PUBLIC) == []

    fresh.apply([document], [], version=3)

    assert indexes_of(fresh, "need:7") == {*INDEXES}
    for page, former in zip((ask(fresh), ask(fresh, readers=EDITOR)), before, strict=True):
        assert (page.total, page.kinds, page.facets) == (former.total, former.kinds, former.facets)

    fresh.apply([], ["need:7"], version=4)

    assert indexes_of(fresh, "need:7") == set()


def test_whoever_may_find_more_gets_one_order_and_one_count_of_both(engine):
    may = [document for document in CORPUS if EDITOR & set(document.readers)]

    page = ask(engine, readers=EDITOR, size=len(may))

    assert set(keys(page)) == {document.key for document in may}
    assert [hit.day for hit in page.hits] == sorted((hit.day for hit in page.hits), reverse=True)
    assert page.facets["region"] == Counter(value for each in may for value in each.facets.get("region", ()))


def test_strangers_are_answered_without_opening_the_whole_index(embedded, monkeypatch):
    opened, real = [], EmbeddedEngine._searcher
    monkeypatch.setattr(EmbeddedEngine, "_searcher", lambda self, index: (opened.append(index), real(self, index))[1])

    ask(embedded, "bins")
    embedded.suggest("bin", readers=PUBLIC)
    embedded.similar_words("binz", readers=PUBLIC)
    assert set(opened) == {PUBLIC_INDEX}

    ask(embedded, "bins", readers=EDITOR)
    assert opened[-1] == WHOLE


@pytest.mark.elasticsearch
def test_strangers_name_the_public_index_alone_to_elasticsearch(elastic):
    assert elastic._new_search(PUBLIC)._index == [elastic.alias]
    assert elastic._new_search(EDITOR)._index == [f"{elastic.alias}-whole"]


def test_hidden_keys_are_left_out_of_totals_counts_suggestions_and_spelling(engine):
    gone = ("need:6", "asset:7")

    page = ask(engine, "pothole", hidden=gone)

    assert page.total == 0
    assert "potholes" not in ask(engine, hidden=gone).facets["service"]
    assert engine.suggest("potho", readers=PUBLIC, hidden=gone) == []
    assert "pothole" not in [word for word, _ in engine.similar_words("pothale", readers=PUBLIC, hidden=gone)]


def test_titles_are_suggested_by_the_beginnings_of_their_words(engine):
    assert {s.key for s in engine.suggest("def pay", readers=PUBLIC)} == set()
    found = [s.title for s in engine.suggest("deferred pay", readers=PUBLIC)]
    assert "Deferred payment calculator" in found
    assert engine.suggest("", readers=PUBLIC) == engine.suggest("!!", readers=PUBLIC) == []


def test_an_extract_shows_why(engine):
    hit = next(hit for hit in ask(engine, "collection").hits if hit.key == "page:1")

    assert ("collections", True) in hit.extract
    assert "".join(text for text, _ in hit.extract).startswith("Calls about missed collections")
    assert ("collection", True) in next(h for h in ask(engine, "collection").hits if h.key == "need:1").title


def test_a_document_is_replaced_and_a_deleted_one_is_gone(fresh):
    changed = next(document for document in CORPUS if document.key == "need:7")
    changed = replace(changed, title="Borrow an e-book")

    fresh.apply([changed], ["asset:8"], version=2)
    fresh.apply([changed], ["asset:8"], version=2)

    assert keys(ask(fresh, "e-book")) == ["need:7"]
    assert ask(fresh, "library", exact=True).total == 0  # its old title is forgotten
    assert ask(fresh, "hosting").total == 0
    assert ask(fresh).total == sum("everyone" in document.readers for document in CORPUS) - 1


def test_readers_never_see_a_half_filled_index(fresh):
    seen = []

    def slowly():
        for document in CORPUS:
            seen.append(ask(fresh).total)
            yield document

    before = ask(fresh).total
    fresh.rebuild(slowly(), version=3)

    assert set(seen) == {before}
    assert ask(fresh).total == before


NASTY = [
    "*:*",
    "_exists_:readers",
    "title:/(a+)+$/",
    "*a*",
    '"unbalanced',
    "(((",
    "bin AND NOT",
    "readers:council",
    "{}",
]
NASTY += ["\\", "a" * 5000, "bin " * 10_000, "🗑", "\u202ebin", "-", "%00"]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_nothing_typed_is_ever_query_syntax(engine, text):
    page = ask(engine, text)

    assert not {"asset:90", "event:90", "page:90"} & set(keys(page))


@pytest.mark.elasticsearch
def test_both_engines_rank_alike(embedded, elastic):
    for case in GOLDEN:
        for readers in (PUBLIC, EDITOR):
            one, other = ask(embedded, case["query"], readers), ask(elastic, case["query"], readers)

            assert (one.total, one.kinds, one.facets) == (other.total, other.kinds, other.facets), case["query"]
            first, second = set(keys(one)[:10]), set(keys(other)[:10])
            assert len(first & second) >= 0.7 * len(first), case["query"]


@pytest.mark.elasticsearch
def test_an_older_version_never_replaces_a_newer_one():
    with _new_elastic() as engine:
        newer = next(document for document in CORPUS if document.key == "need:7")
        older = replace(newer, title="Stale words")
        engine.apply([newer], [], version=9)
        engine.apply([older], [], version=8)

        assert ask(engine, "stale").total == 0


def test_among_those_that_fit_alike_what_was_followed_up_comes_first_and_others_may_fit_better(fresh):
    alike = [
        SearchDocument(f"page:9{n}", "case-study", "Quinces", "Fewer calls.", "Words.", ("everyone",)) for n in range(3)
    ]
    better = SearchDocument("page:99", "case-study", "Quinces, quinces, quinces", "Quinces.", "Quinces.", ("everyone",))
    fresh.rebuild([*CORPUS, *alike, better], version=2)
    before = keys(ask(fresh, "quinces"))

    fresh.rebuild([*CORPUS, *alike[:2], replace(alike[2], is_followed_up=True), better], version=3)

    assert before[0] == "page:99"
    assert before[1] != "page:92"
    assert keys(ask(fresh, "quinces"))[:2] == ["page:99", "page:92"]
    assert ask(fresh, "quinces").total == len(before)


def test_among_those_that_fit_alike_what_stayed_silent_comes_last(fresh):
    alike = [
        SearchDocument(f"page:9{n}", "case-study", "Quinces", "Fewer calls.", "Words.", ("everyone",)) for n in range(3)
    ]
    fresh.rebuild([*CORPUS, *alike], version=2)
    first = keys(ask(fresh, "quinces"))[0]

    fresh.rebuild([*CORPUS, *(replace(each, is_silent=each.key == first) for each in alike)], version=3)

    assert keys(ask(fresh, "quinces"))[-1] == first
    assert len(keys(ask(fresh, "quinces"))) == 3
