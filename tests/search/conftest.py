"""Following by hand: nothing is indexed unless a test asks for it."""

import datetime as dt
import re

import pytest
from django.conf import settings

from benchmarks.elastic import engine_of_ones_own
from publishing.models import NewsIndexPage, NewsPage
from search import follower, queries
from search.engines.embedded import EmbeddedEngine


@pytest.fixture
def follow(db):
    """A function that follows the log once, as the worker would."""
    return lambda: follower.follow(EmbeddedEngine())


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def searched(request, db, monkeypatch):
    """Each engine in turn, alone, so that no other answers in its place; Elasticsearch is the real one."""
    if request.param == "embedded":
        yield EmbeddedEngine()
        return
    with engine_of_ones_own(settings.ELASTICSEARCH_URL) as engine:
        monkeypatch.setattr(queries, "engines", lambda: [engine])
        follower.rebuild(engine)
        yield engine


@pytest.fixture
def news(db):
    """A function: a published piece of news."""

    def publish(title: str, summary: str = "Short.", **fields) -> NewsPage:
        page = NewsPage(title=title, summary=summary, body="<p>Words.</p>", published_on=dt.date(2015, 3, 1), **fields)
        return NewsIndexPage.objects.get().add_child(instance=page)

    return publish


@pytest.fixture
def found(client):
    """A function: titles on the search page, for the client's user."""

    def titles(query: str) -> list[str]:
        page = client.get(f"/search/?{query}")
        assert page.status_code == 200
        headings = re.findall(r'<h2><a href="[^"]*">(.*?)</a></h2>', page.content.decode())
        return [re.sub(r"</?mark>", "", heading) for heading in headings]

    return titles
