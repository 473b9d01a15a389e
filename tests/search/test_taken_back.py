"""Of 200 records taken back with the worker stopped, none is seen, counted or suggested after the commit."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from assets_registry.models import Asset
from events.models import Event
from projects.models import Need
from publishing.models import NewsIndexPage, NewsPage
from search import follower, queries
from search.asking import SearchQuery
from search.models import Cursor
from search.port import PUBLIC
from search.suggesting import suggestions
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]

EACH = 50
NOTHING = "<b>0 results</b>"
WHERE = "Zqxv Region"


def word(kind: str, number: int) -> str:
    """The word in the title of one record: eight letters that no other title has."""
    return f"zqxv{kind[0]}{'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}k"


@pytest.fixture
def follow(searched):
    """A function that has each engine in turn follow the log."""
    return lambda: follower.follow(searched)


@pytest.fixture
def records(follow, harlow, amina):
    """Fifty pages, fifty entries, fifty needs and fifty days that everyone finds, by the word of each."""
    parent, rows = NewsIndexPage.objects.get(), {}
    owner = OrganisationFactory(kind="other", region=WHERE)
    for number in range(EACH):
        page = NewsPage(title=word("page", number), summary="Short.", body="<p>Words.</p>", published_on="2015-01-01")
        rows[page.title] = parent.add_child(instance=page)
    for number in range(EACH):
        asset, need, event = (word(kind, number) for kind in ("asset", "need", "event"))
        rows[asset] = AssetFactory(name=asset, owner=owner, registered_by=amina)
        rows[need] = NeedFactory(title=need, council=harlow, raised_by=amina)
        rows[event] = EventFactory(title=event)
    follow()
    return rows


def take_back(row) -> None:
    """Restrict, withdraw or unpublish, as the operation of its kind leaves the row."""
    if isinstance(row, NewsPage):
        PageViewRestriction.objects.create(page=row, restriction_type=PageViewRestriction.LOGIN)
        return
    row.state = {Asset: Asset.State.WITHDRAWN, Need: Need.State.WITHDRAWN, Event: Event.State.DRAFT}[type(row)]
    row.save()


def seen(said: str) -> list[str]:
    """Where a stranger still sees the record whose title is this word."""
    answer = queries.search(AnonymousUser(), SearchQuery(q=said, exact=True))
    suggested = [row["text"] for row in suggestions(AnonymousUser(), said[:-1])]
    return [
        *(["counted"] if answer.page.total or answer.results else []),
        *(["suggested"] if said in suggested else []),
    ]


def test_none_of_200_is_seen_after_its_commit(client, records, searched):
    followed = Cursor.objects.get(engine=searched.name).position
    assert len(records) == 4 * EACH
    assert all(seen(said) == ["counted", "suggested"] for said in list(records)[::10])

    for number, (said, row) in enumerate(records.items()):
        take_back(row)
        if searched.name == "embedded" or number % 5 == 0:  # the other takes ten times as long to answer
            assert seen(said) == []
        if number % 10 == 0:
            assert NOTHING in client.get(f"/search/?q={said}&exact=1").content.decode()

    everything = "".join(
        client.get(f"/search/?{query}").content.decode()
        for query in ("q=zqxva", "kind=asset", "kind=need", "kind=event", "kind=news", "kind=asset&format=csv")
    ).lower()
    assert re.findall("zqxv[apne][a-j][k-t]k", everything) == []
    assert WHERE.lower() not in everything
    assert Cursor.objects.get(engine=searched.name).position == followed, (
        "the worker has followed, so this proves nothing"
    )


def test_once_followed_they_have_left_the_public_index(records, follow, searched):
    for row in records.values():
        take_back(row)

    follow()

    keys = {
        f"{'page' if isinstance(row, NewsPage) else type(row)._meta.model_name}:{row.pk}" for row in records.values()
    }
    assert not keys & dict(searched.held(PUBLIC)).keys()


def test_without_looking_at_what_changed_they_would_be_counted(records, monkeypatch, searched):
    """The control: an engine that is believed to be up to date counts what was taken back."""

    def counted() -> int:
        asked = SearchQuery(kind="asset")
        return queries.Searching(searched, AnonymousUser()).page(asked).facets["region"][WHERE]

    take_back(next(row for row in records.values() if isinstance(row, Asset)))

    assert counted() == EACH - 1
    monkeypatch.setattr(queries, "moment_of", lambda engine, user: queries.Moment())
    assert counted() == EACH
