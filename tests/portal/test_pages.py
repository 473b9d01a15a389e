"""The pages about the site are true to what it does."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.utils.html import escape

from core import clock
from core.privacy import our_models
from portal import pages
from tests.design_system.html import Strict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/cookies/", "/who-may/", "/who-may/?role=editor"])
def test_a_page_about_the_site_is_open_to_everyone(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert Strict(response.content.decode()).wrong == []


def test_the_accessibility_statement_was_reviewed_within_a_year():
    assert clock.today() - pages.STATEMENT_REVIEWED_ON <= dt.timedelta(days=365)
    assert pages.STATEMENT_PREPARED_ON <= pages.STATEMENT_REVIEWED_ON


def test_the_statement_claims_nothing_that_nobody_has_tried(client):
    page = client.get("/accessibility/").content.decode()
    able, known = page.split("We know some parts are not fully accessible")

    assert not re.search("screen reader|speech recognition", able)
    assert re.search("nobody has yet tested the site with a screen reader .* or with speech recognition", known)
    assert "need JavaScript" in known
    tested = re.search(r"last tested on (\d+ \w+ \d{4})", page)[1]
    assert tested == f"{pages.ALL_PAGES_TESTED_ON:%-d %B %Y}"
    assert pages.ALL_PAGES_TESTED_ON <= pages.STATEMENT_REVIEWED_ON


@pytest.mark.parametrize(
    "words",
    ["is partially compliant with", "Equality and Human Rights Commission", "Enforcement procedure", "prepared on"],
)
def test_the_statement_uses_the_regulations_words(client, words):
    assert words in client.get("/accessibility/").content.decode()


def test_the_privacy_page_lists_every_declared_field(client):
    html = client.get("/privacy/").content.decode()

    for model in our_models():
        for held in getattr(model, "privacy", None).personal.values() if hasattr(model, "privacy") else ():
            assert escape(held.what) in html, f"{model.__name__}: {held.what}"


def test_the_site_sets_no_cookie_that_the_page_does_not_name(client, signed_in, amina):
    signed_in(amina)
    client.get("/accounts/logout/")
    named = {row[0] for row in client.get("/cookies/").context["rows"]}

    assert set(client.cookies) <= named
    assert named == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def test_a_reader_gets_no_cookie(client):
    client.get("/privacy/")

    assert not client.cookies


def test_security_txt_says_whom_to_tell_and_does_not_outlive_a_year(client):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    said = dict(line.split(": ", 1) for line in lines)
    expires = dt.datetime.fromisoformat(said["Expires"])

    assert said["Contact"] == f"mailto:{settings.SECURITY_CONTACT_EMAIL}"
    assert clock.now() < expires < clock.now() + dt.timedelta(days=365)


def test_the_footer_of_every_page_leads_there(client):
    html = client.get("/nothing-here/").content.decode()

    for address in ("/accessibility/", "/privacy/", "/cookies/"):
        assert f'href="{address}"' in html
