"""Unguessable words in every kind and state of record reach nobody through search who may not read the record.

Each is looked for as seven readers: in pages, counts, filters, suggestions, tables, feeds and mails of saved searches.
Whoever may read a record finds it, so what others do not find is there.
"""

import re
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from tantivy import Query
from wagtail.models import PageViewRestriction

from accounts.roles import Role
from assets_registry.models import Asset
from core import clock
from councils.models import Service
from events.models import Event
from outbox.operations import queue_message
from portal.feeds import KINDS as FEEDS
from projects.models import Need
from publishing.models import NewsIndexPage, NewsPage
from search import follower, queries
from search.asking import SearchQuery
from search.documents import FACETS, KINDS
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_queries import whole_text
from search.models import SavedSearch
from search.port import PUBLIC
from search.saved.emails import newly_found
from search.sources import SOURCES
from search.words import QueryWords, Term
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory
from tests.factories.publishing import publish_case_study
from tests.factories.voting import BallotFactory, OptionFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]

READERS = ("stranger", "ben", "amina", "fatima", "boris", "edith", "sunita")
WORD_BY_WORD = ("stranger", "amina")  # who ask for each word of an engine that takes ten times as long to answer
NOBODY: frozenset[str] = frozenset()
MEMBERS = frozenset(READERS) - {"stranger"}
OWNERS = frozenset({"amina", "edith", "sunita"})
KEEPERS = frozenset({"edith", "sunita"})
FACILITATORS = frozenset({"fatima", "sunita"})
COMMON = "quibble"  # stands in every record, hidden or not


def canary(number: int) -> str:
    """The word of this number: eight letters that all begin alike, so that one prefix would suggest them all."""
    return "zqxv" + "".join(chr(ord("a") + number // 6**place % 6 * 4) for place in range(3)) + "k"


@dataclass
class Planted:
    """The words that stand in records, with who may find each, and the keys of the records."""

    words: dict[str, frozenset[str]] = field(default_factory=dict)
    by_record: list[list[str]] = field(default_factory=list)

    def some(self, number: int, found_by: frozenset[str]) -> list[str]:
        """So many words for one record, which these readers may find."""
        fresh = [canary(len(self.words) + more) for more in range(number)]
        self.words |= dict.fromkeys(fresh, found_by)
        self.by_record.append(fresh)
        return fresh

    def kept_from(self, reader: str) -> set[str]:
        return {word for word, found_by in self.words.items() if reader not in found_by}

    @property
    def searched(self) -> set[str]:
        """The words that find their record; a region, which stands fourth, is a filter's value and is only shown."""
        return {word for words in self.by_record for place, word in enumerate(words) if place != 3}


def _asset(planted: Planted, found_by: frozenset[str], *, state: str, **fields) -> None:
    title, summary, text, region, service = planted.some(5, found_by)
    if "owner" not in fields:
        fields["owner"] = OrganisationFactory(kind="other", region=region.title())
        if found_by == OWNERS:
            fields["owner"] = MembershipFactory(person=fields.pop("writer"), organisation=fields["owner"]).organisation
    fields.pop("writer", None)
    since = clock.now() if state == Asset.State.WITHDRAWN else None
    asset = AssetFactory(
        name=f"{title} {COMMON}", summary=summary, description=text, state=state, published_at=since, **fields
    )
    number = Service.objects.count() + 9000
    asset.services.add(Service.objects.create(lgsl=number, name=f"{service} service", slug=f"{service}-service"))


def _assets(planted: Planted, amina) -> None:
    for state in (Asset.State.DRAFT, Asset.State.WITH_PUBLISHER, Asset.State.WITH_EDITOR):
        _asset(planted, OWNERS, state=state, writer=amina)
    _asset(planted, KEEPERS, state=Asset.State.DRAFT)
    _asset(planted, NOBODY, state=Asset.State.WITHDRAWN)
    _asset(planted, NOBODY, state=Asset.State.LEGACY, source="A list")


def _days_and_votes(planted: Planted) -> None:
    title, summary, where, region = planted.some(4, FACILITATORS)
    host = OrganisationFactory(kind="other", region=region.title())
    EventFactory(title=f"{title} {COMMON}", summary=summary, venue=where, state=Event.State.DRAFT, host=host)
    question, option = planted.some(2, FACILITATORS)
    OptionFactory(ballot=BallotFactory(question=f"{question} {COMMON}"), title=option, prototype=None, summary="")


def _needs(planted: Planted) -> None:
    for state in (Need.State.WITHDRAWN, Need.State.MERGED):
        title, what, evidence = planted.some(3, NOBODY)
        into = NeedFactory(title="Into this") if state == Need.State.MERGED else None
        NeedFactory(title=f"{title} {COMMON}", what=what, evidence=evidence, state=state, merged_into=into)


def _page(planted: Planted, found_by: frozenset[str], *, under=None, cls=NewsPage) -> NewsPage:
    title, summary, text = planted.some(3, found_by)
    page = cls(title=f"{title} {COMMON}", summary=summary, body=f"<p>{text}</p>", published_on="2015-01-01")
    return (under or NewsIndexPage.objects.get()).add_child(instance=page)


def _news(planted: Planted) -> None:
    _page(planted, NOBODY).unpublish()
    title, summary, text = planted.some(3, NOBODY)
    live = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Live", summary="Short.", body="<p>Words.</p>", published_on="2015-01-01")
    )
    live.title, live.summary, live.body = title, summary, text
    live.save_revision()
    for kind, found_by in (("login", MEMBERS), ("groups", frozenset({"boris"})), ("password", NOBODY)):
        page = _page(planted, found_by)
        limit = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        if kind == "groups":
            limit.groups.add(Group.objects.get(name=Role.BOARD.value))
    closed = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Closed", summary="Short.", body="<p>Words.</p>", published_on="2015-01-01")
    )
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    _page(planted, MEMBERS, under=closed)


def _case_studies(planted: Planted, harlow) -> None:
    for number in range(2):
        title, summary, problem = planted.some(3, NOBODY)
        page = publish_case_study(
            harlow, title=f"{title} {COMMON}", summary=summary, problem=f"<p>{problem}</p>", slug=f"study-{number}"
        )
        if number:
            page.unpublish()
        else:
            page.withdrawn_on, page.withdrawn_reason = clock.today(), "Wrong."
            page.save()
    title, summary, problem = planted.some(3, MEMBERS)
    page = publish_case_study(harlow, title=f"{title} {COMMON}", summary=summary, problem=problem, slug="for-members")
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.fixture
def follow(searched):
    """A function that has each engine in turn follow the log."""
    return lambda: follower.follow(searched)


@pytest.fixture
def planted(amina, harlow, follow) -> Planted:
    """At least sixty words in eighteen records, and one public record that has the common word."""
    found = Planted()
    _assets(found, amina)
    _days_and_votes(found)
    _needs(found)
    _news(found)
    _case_studies(found, harlow)
    NeedFactory(title=f"A public {COMMON}")
    follow()
    assert len(found.words) >= 60
    assert not [one for one in found.words for other in found.words if one != other and one in other]
    return found


@pytest.fixture
def ask_as(client, signed_in, person):
    """A function: signs in as a reader of that name and returns the client."""

    def sign_in(name: str):
        client.logout()
        if name != "stranger":
            signed_in(person(name))
        return client

    return sign_in


@pytest.fixture
def person(request):
    """A function: the reader of that name."""
    return lambda name: AnonymousUser() if name == "stranger" else request.getfixturevalue(name)


def given(client, planted: Planted, *, word_by_word: bool = True) -> dict[str, str]:
    """All that search gives to a reader, by what was asked for, without the words that were typed."""
    texts: dict[str, str] = {}

    def ask(address: str, *said_again: str) -> None:
        texts[address] = client.get(address).content.decode().lower()
        for typed in said_again:
            texts[address] = texts[address].replace(typed, "")

    for word, *_ in planted.by_record if word_by_word else ():
        ask(f"/search/?q={word}", word)
        ask(f"/search/?q={word}&format=csv", f"“{word}”")
        ask(f"/search/suggest?q={word[:-2]}")
    for more in ("", "&format=csv", "&sort=newest", "&exact=1", "&kind=asset"):
        ask(f"/search/?q={COMMON}{more}")
    for kind in KINDS if word_by_word else ("asset", "news"):
        ask(f"/search/?kind={kind}")
    for typed in (COMMON, COMMON[:4], "zq", "zqxv", "zqxva"):
        ask(f"/search/suggest?q={typed}")
    for kind in FEEDS if word_by_word else ():
        ask(f"/feeds/{kind}.atom")
    return texts


def stands(kept: set[str], texts: dict[str, str]) -> list[str]:
    """Where one of these words stands."""
    any_of_them = re.compile("|".join(sorted(kept)))
    return [f"{word} in {address}" for address, text in texts.items() for word in set(any_of_them.findall(text))]


def found_by(person, words: set[str]) -> set[str]:
    """Those of these words that find or count something for a person."""

    def finds(word: str) -> bool:
        answer = queries.search(person, SearchQuery(q=word, exact=True))
        return bool(answer.page.total or answer.results or any(answer.page.kinds.values()))

    return {word for word in words if finds(word)}


def found_together(searched, person, planted: Planted) -> set[str]:
    """The titles' words of what a person finds by any of all these words, in one question; the count is of no more."""
    first, *others = sorted(planted.searched)
    words = QueryWords((Term((first,), also=tuple((word,) for word in others)),))
    page = queries.Searching(searched, person).page(SearchQuery(q=COMMON), size=200, words=words)
    titles = "".join(text for hit in page.hits for text, _ in hit.title).lower()
    assert page.total == len(page.hits) == sum(page.kinds.values())
    return {word for word, *_ in planted.by_record if word in titles}


def test_nothing_that_search_gives_has_a_word_that_its_reader_may_not_find(ask_as, planted, person, searched):
    titles = {word for word, *_ in planted.by_record}
    for reader in READERS:
        kept, is_asked = planted.kept_from(reader), searched.name == EmbeddedEngine.name or reader in WORD_BY_WORD

        assert stands(kept, given(ask_as(reader), planted, word_by_word=is_asked)) == [], reader
        assert found_together(searched, person(reader), planted) == titles - kept, reader
        if is_asked:
            assert found_by(person(reader), {*planted.words}) == planted.searched - kept, reader


def test_if_labels_and_rows_were_not_asked_it_would_be_noticed(ask_as, planted, monkeypatch, sunita, searched):
    """The control: whoever asks is answered as the secretariat is."""
    real = queries.Searching.__init__
    monkeypatch.setattr(queries.Searching, "__init__", lambda self, engine, user, **more: real(self, engine, sunita))
    client, kept = ask_as("stranger"), planted.kept_from("stranger")

    assert found_by(AnonymousUser(), kept) == planted.searched & (kept - planted.kept_from("sunita"))
    assert found_together(searched, AnonymousUser(), planted) & kept
    assert stands(kept, {"page": client.get(f"/search/?q={COMMON}").content.decode().lower()})


def test_the_public_index_holds_no_word_of_them(planted, searched):
    """Past labels and rows: no field of what strangers are answered from has one of these words."""
    if searched.name != EmbeddedEngine.name:
        documents = str(searched.client.search(index=searched.aliases[PUBLIC], size=1000)).lower()
        assert COMMON in documents
        assert "zqxv" not in documents
        return
    searcher = searched._searcher(PUBLIC)
    found = searcher.search(Query.all_query(), searcher.num_docs)
    documents = [searcher.doc(address) for _, address in found.hits]
    stored = "".join(f"{one.to_dict()} {whole_text(one)}" for one in documents).lower()

    assert COMMON in stored
    assert "zqxv" not in stored
    for name in ("title", "summary", "body", "words", "title_words", *FACETS):
        assert list(searcher.terms_with_prefix(name, "zqxv")) == []


def test_a_mail_about_what_a_search_found_names_nothing_that_its_reader_may_not_find_now(planted, person, deliver):
    """Whatever it found once: here, every record there is."""
    keys = [
        f"{name}:{pk}"
        for name, each in SOURCES.items()
        for pk in each.model._default_manager.values_list("pk", flat=True)
    ]
    for reader in READERS[1:]:
        to = person(reader)
        search = SavedSearch.objects.create(person=to, name="Mine", query=f"q={COMMON}")

        queue_message(newly_found, None, to=to, key="now", new={str(search.pk): keys})
        [letter] = deliver()

        text = letter.body.lower()
        assert f"a public {COMMON}" in text
        assert [word for word in planted.kept_from(reader) if word in text] == [], reader
