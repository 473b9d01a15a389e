"""One search finds every kind of record, and says why each result is there."""

import datetime as dt

import pytest

from publishing.models import NewsIndexPage, NewsPage
from search import follower
from search.engines.embedded import EmbeddedEngine

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(db):
    def publish(title: str, summary: str = "", **fields) -> NewsPage:
        page = NewsPage(title=title, summary=summary, body="<p>Words.</p>", published_on=dt.date(2015, 3, 1), **fields)
        return NewsIndexPage.objects.get().add_child(instance=page)

    return publish


def test_a_result_says_why_it_is_there(client, news):
    news("Missed collections", "Bank holidays move 60,000 bin days.")
    follower.follow(EmbeddedEngine())

    page = client.get("/search/?q=bin+collections").content.decode()

    assert "<b>1 result</b>" in page
    assert "Missed <mark>collections</mark>" in page
    assert "60,000 <mark>bin</mark> days" in page
    assert "Also matching <b>waste</b>" in page
