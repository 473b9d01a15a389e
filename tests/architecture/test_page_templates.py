"""Every page template is looked at in a browser: it stands in the table of the journeys, or in a journey itself."""

import re

from django.conf import settings

from tests.journeys.pages import EXCEPTIONS, PAGES

FOLDER = settings.BASE_DIR / "templates"
JOURNEYS = settings.BASE_DIR / "tests" / "journeys"
NO_PAGES = ("allauth/", "emails/", "account/email/", "wagtailadmin/")
PAGE = re.compile(r"\A\s*(\{% load [^%]*%\})?\s*(\{% extends |<!doctype)", re.IGNORECASE)
TEMPLATES = sorted(
    name
    for path in FOLDER.rglob("*.html")
    if PAGE.match(path.read_text()) and not (name := path.relative_to(FOLDER).as_posix()).startswith(NO_PAGES)
)
SEEN_ON_THE_WAY = {
    name
    for path in JOURNEYS.glob("*.py")
    for name in re.findall(r'expect_accessible\(\w+, "([^"]+)"\)', path.read_text())
}


def test_every_page_is_looked_at():
    """Else add it to tests/journeys/pages.py, or look at it in a journey with expect_accessible."""
    assert set(TEMPLATES) - {*PAGES, *SEEN_ON_THE_WAY, *EXCEPTIONS} == set()


def test_the_table_names_nothing_that_is_not_there():
    ours = {name for name in {*PAGES, *SEEN_ON_THE_WAY} if not name.startswith(("account/", "mfa/", "socialaccount/"))}

    assert ours <= set(TEMPLATES)
    assert set(EXCEPTIONS) <= set(TEMPLATES)
    assert not EXCEPTIONS.keys() & PAGES.keys()


def test_no_page_with_a_form_keeps_its_own_address_from_the_form():
    """Under `no-referrer` a browser sends `Origin: null` with a form, which the guard against forgery refuses."""
    own_rule = [path.name for path in FOLDER.rglob("*.html") if 'name="referrer"' in path.read_text()]

    assert own_rule == []
    assert settings.SECURE_REFERRER_POLICY == "same-origin"
