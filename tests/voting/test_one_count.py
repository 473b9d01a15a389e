"""Every page says the same of a vote: counts of an open one are made anew, and at its close all that says so turns."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.urls import reverse

from core import clock
from portal.serving import content_version, page_cache
from voting.casting import operations as casting
from voting.outcome import operations as outcome

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
PAGES = ("detail", "results", "record", "screen")


def address(name, ballot):
    return reverse(f"voting:{name}", args=[ballot.reference])


class Words(HTMLParser):
    """The words of a page's main part, without those inside elements that carry one of the attributes `but`."""

    def __init__(self, page, but=()):
        super().__init__()
        self.but, self.open, self.said = set(but), [], []
        self.feed(page.content.decode().partition("<main")[2].partition("</main>")[0].partition(">")[2])

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(bool(self.but & dict(attributes).keys()))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, text):
        if not any(self.open):
            self.said.append(text)

    def __str__(self):
        return " ".join(" ".join(self.said).split())


@pytest.mark.usefixtures("pages_are_kept")
def test_strangers_read_one_count_everywhere_while_a_vote_is_open_and_pages_are_kept_once_it_has_closed(
    client, ballot, options, amina, fatima
):
    places = [address(name, ballot) for name in PAGES] + ["/votes/"]
    tables = [address("record", ballot) + "?format=csv", "/votes/?format=csv"]
    for place in places + tables:
        client.get(place)
    connection.run_on_commit.clear()

    version = content_version.content_version()
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))

    assert content_version.content_version() == version  # nothing that is kept shows single votes
    assert client.get(address("state", ballot)).json()["turnout"]["voted"] == 1
    for place in places:
        assert re.search("1 of 2", str(Words(client.get(place)))), place
    assert "Nobody voted" not in str(Words(client.get(address("record", ballot))))
    assert "Waste standards" in client.get(tables[0]).content.decode()
    assert ",2,1," in client.get(tables[1]).content.decode().splitlines()[-1]
    assert len(page_cache.pages) == 0

    connection.run_on_commit.clear()
    outcome.close_ballot(ballot, by=fatima)
    closed = [str(Words(client.get(place))) for place in places]
    assert not [words for words in closed if "most votes" in words]
    assert len(page_cache.pages) == len(places) - 1  # the result's page leads to the vote's

    connection.run_on_commit.clear()
    outcome.reveal_ballot(ballot, by=fatima)
    revealed = [str(Words(client.get(place))) for place in places]
    assert ["Waste standards and API has most votes" in words for words in revealed] == [True, True, False, True, False]
    assert "Waste standards and API 1 of 1 1 of 1 first" in revealed[2]
    assert len(page_cache.pages) == len(places)


@pytest.mark.usefixtures("pages_are_kept")
def test_pages_that_are_kept_show_no_count_of_an_open_vote(client, ballot, options, amina, prototypes):
    ballot.event.prototypes.set(prototypes)
    kept = ["/", ballot.event.get_absolute_url(), prototypes[0].get_absolute_url()]
    before = [client.get(place).content for place in kept]
    page_cache.pages.clear()

    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))

    assert [client.get(place).content for place in kept] == before


def test_the_live_state_says_in_words_how_a_vote_stands_before_and_after_the_close(client, ballot, fatima):
    said = client.get(address("state", ballot)).json()
    assert (said["heading"], said["closing"]) == ("Voting is open", "Closes when those who run it close it.")

    outcome.close_ballot(ballot, by=fatima)

    said = client.get(address("state", ballot)).json()
    assert said["heading"] == "Voting has closed"
    assert said["closing"].startswith("Closed at ")

    outcome.reveal_ballot(ballot, by=fatima)

    assert client.get(address("state", ballot)).json()["heading"] == "Nobody voted"


def test_from_the_time_announced_for_its_close_no_page_calls_a_vote_open(client, ballot):
    ballot.closes_at = clock.now()
    ballot.save()

    for place in (address("detail", ballot), ballot.event.get_absolute_url(), "/votes/"):
        page = client.get(place).content.decode()
        assert re.search(r"(lda-tag--\w+\">|<h2[^>]*>)\s*Closed", page), place
        assert not re.search(r"(lda-tag--\w+\">|<h2[^>]*>)\s*Open", page), place
