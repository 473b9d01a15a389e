"""Whatever is typed is words: no query syntax, no size, no count, and a sentence where there is nothing."""

import pytest
from django.conf import settings
from django.http import QueryDict

from search import words
from search.asking import SearchQuery
from search.engines import elastic_queries
from search.port import MOST_PAGES
from search.vocabulary import Vocabulary
from search.words import MOST_CHARACTERS, MOST_TERMS, read
from tests.factories.projects import NeedFactory

pytestmark = pytest.mark.django_db

ATTACKS = [
    "*:*",
    "_exists_:ballot",
    "title:/(a+)+$/",
    "*a*",
    "word " * 10_000,
    '"unbalanced',
    '"""',
    "“”",
    '"' * 5000,
    "_source",
    "script",
    "readers:staff OR kind:need",
    "quibble~2",
    "quibble^1000",
    "[* TO *]",
    '{"query":{"match_all":{}}}',
    "(" * 3000,
    "a" * 100_000,
    "\\" * 3000,
    "-quibble",
    *"ϒℂℍ𝐁🅐🅰ɢǦ㎏Ⅷ",
    "𝐁𝐈𝐍 collections",
    "🅑🅘🅝 ℍ waste",
]


@pytest.fixture
def needs(follow):
    NeedFactory.create_batch(3, title="Quibble need")
    follow()


@pytest.mark.parametrize("typed", ATTACKS, ids=lambda text: ascii(text[:14]))
def test_query_syntax_is_words_and_is_answered_at_once(client, needs, typed):
    terms = read(typed).terms
    page = client.get("/search/", {"q": typed})

    assert page.status_code == 200
    assert sum(len(term.words) for term in terms) <= MOST_TERMS


@pytest.mark.parametrize("typed", ["𝐁𝐈𝐍 collections", "ϒ", "🅐", "ℍ waste", "ɢ Ǧ"])
def test_capitals_without_a_small_form_are_suggested_for_and_saved_as_words(client, amina, needs, typed):
    client.force_login(amina)

    assert client.get("/search/suggest", {"q": typed}).status_code == 200
    assert client.get("/search/save/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["ϒ", "🅐", "🅑🅘🅝 ℍ waste"])
def test_either_engine_asks_for_capitals_without_a_small_form(typed):
    assert elastic_queries.text_query(read(typed)).to_dict()


def test_letters_of_mathematics_are_letters_and_no_acronyms(needs, found):
    assert len(found("q=𝐐𝐔𝐈𝐁𝐁𝐋𝐄")) == len(found("q=𝐪uibble")) == 3
    assert not read("Ǧ ɢ 🅐 ℂ").acronyms


def test_signs_around_a_word_change_nothing(needs, found):
    for typed in ("*:quibble", "quibble*", "-quibble", "+quibble", "(quibble)", '"quibble', "quibble^9"):
        words = [term.words[0] for term in read(typed).terms]
        assert "quibble" in words, typed
    assert len(found("q=%2Bquibble")) == len(found("q=-quibble")) == 3


def test_nothing_matches_all_or_a_wildcard(client, needs):
    for typed in ("*", "?", "*:*", "[* {} *]"):
        assert "Quibble need" not in client.get("/search/", {"q": typed}).content.decode(), typed


@pytest.mark.parametrize("number", ["1000000", "9" * 5000, "-1", "1e9", "0x10", "٣"])
def test_pages_beyond_the_last_are_cut_and_huge_numbers_read_by_nobody(client, needs, number):
    for name in ("page", "size", "from", "highlight"):
        page = client.get(f"/search/?q=quibble&{name}={number}")
        assert page.status_code == 200
        assert page.content.decode().count('class="lda-result"') <= 20
    assert MOST_PAGES == 50


@pytest.mark.parametrize("name", ["sort", "kind", "facet", "filter", "service", "region", "stage", "year", "evidence"])
def test_no_value_reaches_the_index_that_is_not_on_a_list(client, needs, name):
    for value in ("_score", "readers", "*", "../etc", "council:1", "a" * 3000, "%00"):
        assert client.get("/search/", {"q": "quibble", name: value}).status_code == 200


@pytest.mark.parametrize("typed", ["*:*", '"', "a" * 5000, "[* TO *]", "quibble~2", "\\"])
def test_suggestions_take_typed_words_as_words(client, needs, typed):
    answer = client.get("/search/suggest", {"q": typed})

    assert answer.status_code == 200
    assert len(answer.json()) <= 8


def test_suggestions_are_eight_at_most_and_a_plain_search_is_always_among_them(client, follow):
    NeedFactory.create_batch(20, title="Quibble need")
    follow()

    rows = client.get("/search/suggest?q=quib").json()

    assert len(rows) == 8
    assert rows[-1]["url"] == "/search/?q=quib"


def test_what_is_typed_is_cut_before_it_is_taken_apart(monkeypatch):
    taken_apart = []
    monkeypatch.setattr(words, "words_of", lambda text: taken_apart.append(len(text)) or text.split())

    asked = SearchQuery.from_query(QueryDict(f"q={'a“b ' * 300_000}"))
    read(asked.q, known=Vocabulary())
    read('a"b ' * 300_000, known=Vocabulary())

    assert len(asked.q) == MOST_CHARACTERS + 1
    assert sum(taken_apart) <= 5 * MOST_CHARACTERS


@pytest.mark.parametrize("address", ["/api/", "/api/v2/pages/", "/api/v3/pages/", "/documents/", "/images/"])
def test_nothing_gives_pages_or_files_away_beside_the_site_s_own_pages(client, address):
    assert client.get(address).status_code == 404
    assert not [name for name in settings.INSTALLED_APPS if name.startswith("wagtail.api")]
