"""Every page has a title of its own: what it is about, and what kind of page, or what one does there."""

import re
from collections import Counter

import pytest
from django.conf import settings

from tests.factories.projects import NeedFactory

FOLDER = settings.BASE_DIR / "templates"
TITLE = re.compile(r"\{% block title %\}(.*?)\{% endblock %\}", re.DOTALL)
# A page that an editor made or the register named is told by its place in the site, and no two share an address.
NAMED_BY_EDITORS = {"{{ page.title }}", "{{ organisation.official_name }}", "{{ record }}"}
# “2014 in numbers”: made for the one page that has it.
OF_ONE_PAGE = {"{{ heading }}"}
# A draft is the vote's page before it opens, and who cannot vote now is told so where the ballot is: one address each.
ONE_ADDRESS = {
    "Vote: {{ ballot.question }} – {{ ballot.venue }}",
    "{{ heading }}: {{ ballot.question }} – {{ ballot.venue }}",
}
FRAMES = {"base.html", "base_screen.html"}


CHOICE = re.compile(r"\{% if [^%]*%\}(.*?)(?:\{% else %\}(.*?))?\{% endif %\}")


def readings(title: str) -> list[str]:
    """The title in each way its conditions let it be."""
    if not (choice := CHOICE.search(title)):
        return [title.strip()]
    ways = (title[: choice.start()] + (way or "") + title[choice.end() :] for way in choice.groups())
    return [reading for way in ways for reading in readings(way)]


def titles() -> list[str]:
    blocks = [TITLE.search(path.read_text()) for path in FOLDER.rglob("*.html") if path.name not in FRAMES]
    return [reading for block in blocks if block for reading in readings(block[1]) if reading]


def test_no_two_templates_share_a_title():
    # Two kinds of record may bear one name, so the variable's name does not tell them apart.
    counted = Counter(re.sub(r"\{\{[^}]*\}\}", "NAME", title) for title in titles() if title not in NAMED_BY_EDITORS)
    counted -= Counter([re.sub(r"\{\{[^}]*\}\}", "NAME", title) for title in ONE_ADDRESS])

    shared = {title for title, times in counted.items() if times > 1 and title != "NAME"}
    assert shared == set()


def test_the_title_of_a_record_says_which_kind_it_is():
    bare = {title for title in titles() if re.fullmatch(r"\{\{[^}]*\}\}", title)} - NAMED_BY_EDITORS - OF_ONE_PAGE

    assert bare == set()


@pytest.mark.django_db
def test_the_second_page_of_a_list_says_so(client):
    NeedFactory.create_batch(21)

    def title(query):
        return re.search("<title>(.*?)</title>", client.get(f"/needs/{query}").content.decode())[1]

    assert title("?page=1") == title("")
    assert title("?page=2") == title("").replace(" –", ", page 2 of 2 –", 1)
    assert title("?page=<b>") == title("")
