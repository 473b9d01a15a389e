"""The addresses that programs ask of any site: robots.txt, sitemap, icon, and where a password is changed."""

import datetime as dt
import itertools
from xml.etree import ElementTree

import pytest
from django.conf import settings

from portal.crawlers import KINDS
from tests.architecture.routes import OURS, OURS_WITH_ARGUMENTS, nonsense
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study, publish_news
from tests.factories.steering import DecisionFactory, MeetingFactory

pytestmark = pytest.mark.django_db
LOC = ".//{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(response):
    assert response.status_code == 200
    found = [each.text for each in ElementTree.fromstring(response.content).iterfind(LOC)]  # noqa: S314 - our own answer
    assert all(address.startswith(f"{settings.BASE_URL}/") for address in found)
    return [address.removeprefix(settings.BASE_URL) for address in found]


def test_the_sitemap_leads_to_what_everybody_may_read_and_to_nothing_else(client, signed_in, edith, harlow, luton):
    public = [NeedFactory(), ProjectFactory(), EventFactory(), AssetFactory(), MeetingFactory(), DecisionFactory()]
    public += [publish_case_study(harlow), publish_news(published_on=dt.date(2015, 1, 1))]
    hidden = [EventFactory(state="draft"), AssetFactory(state="draft", published_at=None)]
    unpublished = publish_news(published_on=dt.date(2015, 1, 1))
    unpublished.unpublish()

    files = addresses(signed_in(edith).get("/sitemap.xml"))
    listed = {address for file in files for address in addresses(client.get(file))}
    client.logout()

    assert len(files) == len(KINDS) + 1
    assert {row.get_absolute_url() for row in public} <= listed
    assert not {row.get_absolute_url() for row in [*hidden, unpublished]} & listed
    for address in listed:
        if not address.startswith("/councils/") or address == luton.get_absolute_url():
            assert client.get(address).status_code == 200, address


def test_robots_are_told_where_the_list_is_and_where_nothing_is_for_them(client):
    said = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in said
    assert "Disallow: /cms/" in said


def test_browsers_and_password_managers_find_the_mark_and_the_form(client):
    assert client.get("/favicon.ico")["Location"] == "/static/design_system/mark.svg"
    assert client.get("/.well-known/change-password")["Location"] == "/accounts/password/change/"


def test_no_address_of_ours_takes_another_method_even_without_a_token(signed_in, amina):
    reader, methods = signed_in(amina), itertools.cycle(["put", "delete"])
    reader.handler.enforce_csrf_checks = True
    for route, _ in (*OURS, *OURS_WITH_ARGUMENTS):
        assert getattr(reader, next(methods))(nonsense(route)).status_code == 405, route
