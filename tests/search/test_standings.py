"""An event that search finds says what the list of events says of it: places left for whoever asks, or their own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import SignUp
from events.places.operations import sign_up
from search import follower
from search.engines.embedded import EmbeddedEngine
from tests.factories.events import EventFactory, PoolFactory, SignUpFactory
from tests.pages import words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
LEFT, HAS = "3 places left for districts", "You have a place"


@pytest.fixture
def for_districts(follow):
    """An event that search finds, with one of four places taken by anybody and three kept for districts."""
    event = EventFactory(title="Quibble day", capacity=4)
    SignUpFactory(event=event)
    PoolFactory(event=event, places=3)
    follow()
    return event


def result(client, **query):
    return words(client.get("/search/", {"q": "quibble", **query}))


def test_places_left_are_said_for_whoever_searches_and_never_to_who_has_one(
    client, signed_in, for_districts, amina, carlos, harlow
):
    assert LEFT in result(client)
    assert LEFT in result(signed_in(amina))
    page = result(signed_in(carlos))
    assert "Waiting list" in page
    assert "places left" not in page

    sign_up(for_districts, by=amina, organisation=harlow)

    for format in ("", "csv"):
        page = result(signed_in(amina), format=format)
        assert HAS in page
        assert "places left" not in page


def test_a_page_that_is_kept_for_strangers_has_the_words_of_no_person(
    client, signed_in, for_districts, amina, harlow, pages_are_kept
):
    assert LEFT in result(client)
    connection.run_on_commit.clear()  # what follows stands in a transaction of its own
    sign_up(for_districts, by=amina, organisation=harlow)

    assert HAS in result(signed_in(amina))

    client.logout()
    client.cookies.clear()
    page = result(client)
    assert "2 places left for districts" in page  # as of now, though nothing was followed
    assert HAS not in page


def test_a_cancelled_or_past_event_says_no_places(client, follow):
    EventFactory(title="Quibble one", capacity=4, ended=True)
    EventFactory(title="Quibble two", capacity=4, state="cancelled")
    follow()

    page = result(client)

    assert "2 results" in page
    assert page.count("Cancelled") == 1
    assert "left" not in page


def test_many_events_cost_a_search_no_more_queries_than_one(signed_in, for_districts, amina):
    client, costs = signed_in(amina), []
    result(client)  # what is read once is read
    for number in (0, 9):
        for event in EventFactory.create_batch(number, title="Quibble again"):
            PoolFactory(event=event, places=2)
            SignUpFactory(event=event, person=amina)
        follower.follow(EmbeddedEngine())
        with CaptureQueriesContext(connection) as queries:
            assert result(client).count("Quibble") == number + 1
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert SignUp.objects.filter(person=amina).count() == 9
