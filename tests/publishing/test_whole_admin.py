"""Every address of the admin: what it shows of another council's draft, and how it speaks."""

import re

import pytest

from publishing.operations import submit_case_study
from tests.factories.publishing import picture_of
from tests.portal.test_editors import jargon_of, words_of
from tests.publishing.admin_addresses import addresses_of, names_of_admin
from tests.publishing.drafts import draft_of, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]
SECRETS = ("Sealed title", "sealed summary", "sealed words", "sealed picture")
# Words of programmers: names of columns and of models, and what Wagtail calls a record where it knows no better.
RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|\b(?:casestudy|news|content)page\b|(?i:\b(?:content types?|snippets?|slug)\b)")
# One's own language and time zone: the names of the world's cities.
NAMES_OF_PLACES = re.compile(r"\bAfrica/.*\bZulu\b")


@pytest.fixture
def sealed(harlow, amina, petra):
    """A draft of Harlow with all that can hang on one: handed on, locked, with a picture."""
    page = draft_of(harlow, amina, "Sealed title")
    page.picture = picture_of(harlow, by=amina, title="sealed picture")
    page.summary, page.problem = "sealed summary", "<p>sealed words</p>"
    page.save()
    page.save_revision(user=amina)
    submit_case_study(page, by=amina)
    page = fresh(page)
    page.locked, page.locked_by = True, petra
    page.save()
    return fresh(page)


def shown_to(client, page):
    """What each address of the admin answers with, by the address; without the words that were looked for."""
    for address in addresses_of(page, search="sealed"):
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200 and not answer.streaming:
            said = answer.content.decode(errors="replace")
            yield address, said.replace("q=sealed", "").replace('value="sealed"', ""), answer["Content-Type"]


def raw_words_of(said: str) -> list[str]:
    words = NAMES_OF_PLACES.sub("", words_of(said, between=" | "))
    return [*RAW.findall(words), *(jargon_of(said) if words == words_of(said, between=" | ") else [])]


def test_it_walks_the_whole_admin():
    assert len(names_of_admin()) > 150


@pytest.mark.parametrize("who", ["carlos", "sunita"])
def test_no_address_of_the_admin_shows_another_councils_draft_and_all_speak_plain_words(
    request, sealed, surrey, who, signed_in
):
    leaks, raw = {}, {}
    for address, said, kind in shown_to(signed_in(request.getfixturevalue(who)), sealed):
        leaks[address] = [secret for secret in SECRETS if secret in said]
        raw[address] = raw_words_of(said) if "html" in kind else []

    assert len(leaks) > 50
    assert {address: found for address, found in leaks.items() if found} == {}
    assert {address: found for address, found in raw.items() if found} == {}


def test_the_walk_finds_it_for_an_editor_who_may_see_it_and_all_pages_speak_plain_words(sealed, edith, signed_in):
    found, raw = set(), {}
    for address, said, kind in shown_to(signed_in(edith), sealed):
        found |= {secret for secret in SECRETS if secret in said}
        raw[address] = raw_words_of(said) if "html" in kind else []

    assert found == set(SECRETS)
    assert {address: words for address, words in raw.items() if words} == {}
