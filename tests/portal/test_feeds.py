"""Atom feeds: the newest of each kind, as everybody may see them."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.conf import settings

from portal.feeds import KINDS, MOST
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.indicators import ServiceReturnFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study, publish_news

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def programme(harlow):
    """One of each kind."""
    return {
        "needs": NeedFactory(title="Bins & <boxes>"),
        "events": EventFactory(),
        "projects": ProjectFactory(),
        "assets": AssetFactory(),
        "case-studies": publish_case_study(harlow),
        "news": publish_news(published_on=dt.date(2015, 1, 1)),
        "services": ServiceReturnFactory(),
    }


def entries(response) -> list[ElementTree.Element]:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own answer


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_names_what_is_there_and_its_list_leads_to_it(client, programme, kind):
    row = programme[kind]

    [entry] = entries(client.get(f"/feeds/{kind}.atom"))

    assert entry.findtext(f"{ATOM}title") == str(row)
    assert entry.find(f"{ATOM}link").get("href") == settings.BASE_URL + row.get_absolute_url()
    assert entry.findtext(f"{ATOM}published")
    assert f'href="/feeds/{kind}.atom"' in client.get(f"/{kind}/").content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_has_what_the_standard_requires_and_its_text_is_text(client, programme, kind):
    words, changed = "<img src=x onerror=alert(1)> & more", dt.datetime(2098, 7, 6, 9, tzinfo=dt.UTC)
    row = programme[kind]
    type(row).objects.filter(pk=row.pk).update(**{KINDS[kind].about: words, KINDS[kind].changed: changed})

    feed = ElementTree.fromstring(client.get(f"/feeds/{kind}.atom").content)  # noqa: S314 - our own answer
    entry = feed.find(f"{ATOM}entry")

    for part in (feed, entry):
        assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        assert dt.datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo
    assert entry.findtext(f"{ATOM}author/{ATOM}name")
    assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == changed
    [summary] = entry.findall(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("text", words)
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{settings.BASE_URL}/feeds/{kind}.atom"


def test_what_is_not_for_everybody_is_in_no_feed(signed_in, edith, harlow, programme):
    programme["needs"].state = "withdrawn"
    programme["needs"].withdrawn_reason = "Done"
    programme["needs"].save()
    AssetFactory(name="A draft", state="draft", published_at=None, owner=harlow)

    editor = signed_in(edith)

    assert entries(editor.get("/feeds/needs.atom")) == []
    assert "A draft" not in editor.get("/feeds/assets.atom").content.decode()


def test_the_newest_come_first_and_not_without_end(client, on_day, django_assert_max_num_queries):
    for day in range(1, 32):
        with on_day(2015, 3, day):
            NeedFactory(title=f"Day {day}")

    with django_assert_max_num_queries(2):
        found = entries(client.get("/feeds/needs.atom"))

    assert len(found) == MOST
    assert found[0].findtext(f"{ATOM}title") == "Day 31"


def test_there_is_no_feed_of_anything_else(client):
    assert client.get("/feeds/people.atom").status_code == 404
    assert client.post("/feeds/needs.atom").status_code == 405


def test_a_councils_page_leads_to_its_feeds_and_that_of_an_ended_one_to_none(client):
    page = client.get("/councils/harlow/").content.decode()
    for kind, found in KINDS.items():
        address = f'href="/feeds/{kind}/harlow.atom"'
        assert page.count(address) == (2 if found.author else 0), kind  # in the head and to be read

    assert "/feeds/" not in client.get("/councils/allerdale/").content.decode()
