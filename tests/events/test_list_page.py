"""The list of events: upcoming first, past below, filters that never fail, counts that add up, the same as CSV."""

import datetime as dt

import pytest

from core import clock
from councils.models import Service
from events.models import Event
from events.whats_on.pages import when_of
from search.sources.votes import event_document
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(surrey):
    """One of each: upcoming, full, past, cancelled, and a draft."""
    now = clock.now()
    return {
        "next": EventFactory(title="Next Tuesday", starts_at=now + dt.timedelta(days=2), host=surrey),
        "later": EventFactory(title="Later on", stream=Event.Stream.FUTURES),
        "past": EventFactory(title="Long ago", ended=True, co_design=True),
        "cancelled": EventFactory(
            title="Called off", state=Event.State.CANCELLED, starts_at=now + dt.timedelta(days=9)
        ),
        "draft": EventFactory(title="Not yet", state=Event.State.DRAFT),
    }


def titles(response):
    return [line.title for line in response.context["found"].lines]


def test_what_comes_up_stands_first_soonest_on_top_and_the_past_below(client, programme):
    assert titles(client.get("/events/")) == ["Next Tuesday", "Called off", "Later on", "Long ago"]


def test_an_event_of_several_days_stands_everywhere_with_its_first_and_last(client, signed_in, amina):
    event = EventFactory(
        starts_at=dt.datetime(2098, 7, 6, 9, tzinfo=dt.UTC), ends_at=dt.datetime(2098, 7, 7, 15, tzinfo=dt.UTC)
    )
    SignUpFactory(event=event, person=amina)

    assert "6 to 7 Jul" in client.get("/").content.decode()
    assert "6 to 7 Jul" in client.get("/events/").content.decode()
    assert "6 to 7 Jul 2098" in signed_in(amina).get("/account/").content.decode()
    assert "to Monday 7 July 2098" in event_document(event).note


@pytest.mark.parametrize(
    ("starts_at", "when"),
    [
        (dt.datetime(2026, 7, 6, 9, tzinfo=dt.UTC), "6 Jul, 10:00"),
        (dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC), "1 Feb 2027, 10:00"),
        (dt.datetime(2014, 11, 24, 10, tzinfo=dt.UTC), "24 Nov 2014"),
    ],
)
def test_the_line_of_an_event_names_the_hour_in_the_next_year_too(on_day, starts_at, when):
    with on_day(2026, 1, 26):
        assert when_of(Event(starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=6))) == when


def test_drafts_are_for_facilitators(signed_in, programme, fatima, amina):
    assert "Not yet" not in titles(signed_in(amina).get("/events/"))
    assert "Not yet" in titles(signed_in(fatima).get("/events/"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("when=past", ["Long ago"]),
        ("when=upcoming", ["Next Tuesday", "Called off", "Later on"]),
        ("stream=futures", ["Later on"]),
        ("kind=co_design_day", ["Long ago"]),
        ("q=next", ["Next Tuesday"]),
        ("q=bristol later", ["Later on"]),
        ("region=South East", ["Next Tuesday"]),
        ("stream=futures&when=past", []),
    ],
)
def test_filters_narrow_the_list(client, programme, query, found):
    assert titles(client.get(f"/events/?{query}")) == found


def test_one_can_ask_for_a_service(client, programme):
    service = Service.objects.first()
    programme["later"].services.add(service)

    assert titles(client.get("/events/", {"service": service.slug})) == ["Later on"]


@pytest.mark.parametrize(
    "query",
    [
        "stream=nonsense",
        "when=yesterday",
        "kind=%00",
        "region=%F0%9F%8C%8D",
        "service=1%27%20OR%201=1",
        "page=-1",
        "page=1e9",
        "q=%00",
        "q=" + "x" * 2000,
        "unknown=1",
        "stream=futures'--",
        "format=xml",
    ],
)
def test_nonsense_is_left_out(client, programme, query):
    response = client.get(f"/events/?{query}")

    assert response.status_code == 200
    assert len(titles(response)) == 4


def test_the_counts_of_the_streams_add_up(client, programme):
    counts = client.get("/events/?stream=skills").context["found"].counts
    streams = counts.options["stream"]

    assert counts.every == sum(stream.count for stream in streams) == 4
    assert [stream.value for stream in streams if stream.is_chosen] == ["skills"]


def test_the_csv_has_the_same_rows_and_says_what_was_asked(client, programme):
    response = client.get("/events/?stream=skills&format=csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Type"].startswith("text/csv")
    assert lines[0] == "# Events"
    assert lines[1] == "# Filters: Stream: Skills"
    assert [line.split(",")[0] for line in lines[5:]] == ["Next Tuesday", "Called off"]


def test_an_empty_list_says_what_to_do_next(client):
    assert "There are no events yet" in client.get("/events/").content.decode()


def test_a_search_without_a_hit_leads_back(client, programme):
    page = client.get("/events/?q=zebra").content.decode()

    assert "No event matches" in page
    assert "Show all 4 events" in page


def test_ones_own_place_stands_in_the_list_instead_of_the_counter(signed_in, amina):
    event = EventFactory(capacity=20)
    SignUpFactory(event=event, person=amina)

    page = signed_in(amina).get("/events/").content.decode()

    assert "You have a place" in page
    assert "places left" not in page


def test_at_an_event_under_way_those_who_are_there_read_so_in_the_list_and_in_their_account(signed_in, amina):
    event = EventFactory(started=True)
    SignUpFactory(event=event, person=amina, checked_in_at=clock.now())

    for address in ("/events/", event.get_absolute_url(), "/account/"):
        page = signed_in(amina).get(address).content.decode()
        assert "You are checked in" in page
        assert "You have a place" not in page
        assert "You were there" not in page


@pytest.mark.parametrize("who", ["nobody", "amina", "fatima"])
def test_the_list_costs_the_same_however_long_it_is(
    client, signed_in, request, django_assert_max_num_queries, surrey, who
):
    if who != "nobody":
        signed_in(request.getfixturevalue(who))
    costs = []
    for number in (3, 27):
        for event in EventFactory.create_batch(number, host=surrey):
            SignUpFactory(event=event, person=UserFactory())
        with django_assert_max_num_queries(12) as queries:
            assert client.get("/events/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_reading_changes_nothing(client, programme):
    before = list(Event.objects.order_by("pk").values())

    for address in ("/events/", "/events/calendar.ics", "/events/?format=csv", programme["next"].get_absolute_url()):
        client.get(address)

    assert list(Event.objects.order_by("pk").values()) == before


def test_posting_to_the_list_is_refused(client):
    assert client.post("/events/").status_code == 405
