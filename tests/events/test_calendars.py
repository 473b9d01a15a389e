"""Events in people's calendars: one entry, one feed, London time, updated by sequence, cancelled where cancelled."""

import datetime as dt

import pytest
from icalendar import Calendar

from core.clock import LONDON
from events.models import Event
from events.places.operations import sign_up
from events.programme.operations import cancel_event, change_event
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def entries(response):
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")


def entry(client, event):
    (found,) = entries(client.get(f"/events/{event.slug}/event.ics"))
    return found


def test_an_entry_says_when_and_where_in_london_time(client):
    event = EventFactory(
        title="Skills day",
        venue="Leeds",
        starts_at=dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC),
        ends_at=dt.datetime(2027, 6, 1, 15, tzinfo=dt.UTC),
    )

    found = entry(client, event)

    assert (found["SUMMARY"], found["LOCATION"], found["STATUS"]) == ("Skills day", "Leeds", "CONFIRMED")
    assert found["DTSTART"].params["TZID"] == "Europe/London"
    assert found["DTSTART"].dt.replace(tzinfo=None) == dt.datetime(2027, 6, 1, 10)
    assert found["DTSTART"].dt.astimezone(dt.UTC) == event.starts_at
    assert found["URL"].endswith(event.get_absolute_url())


@pytest.mark.parametrize(
    "start", [(2026, 3, 28, 22), (2026, 10, 24, 22), (2027, 3, 27, 23), (2027, 10, 30, 23), (2028, 2, 28, 23)]
)
def test_a_night_over_which_the_clocks_change_keeps_its_length(client, start):
    begin = dt.datetime(*start, tzinfo=dt.UTC)
    event = EventFactory(starts_at=begin, ends_at=begin + dt.timedelta(hours=6))

    found = entry(client, event)

    length = found["DTEND"].dt.astimezone(dt.UTC) - found["DTSTART"].dt.astimezone(dt.UTC)
    assert length == dt.timedelta(hours=6)


@pytest.mark.parametrize("year", [2014, 2026, 2031])
def test_the_rules_of_summer_time_are_london_s_to_the_hour(client, year):
    """Clocks change at 01:00 UTC, both times; checked against what the world keeps of London."""
    event = EventFactory(starts_at=dt.datetime(year, 6, 1, 9, tzinfo=dt.UTC))
    answer = client.get(f"/events/{event.slug}/event.ics").content
    (rules,) = Calendar.from_ical(answer).walk("VTIMEZONE")

    for onset in rules.subcomponents:
        first_moment = onset["DTSTART"].dt - onset["TZOFFSETFROM"].td
        assert (first_moment.hour, first_moment.minute) == (1, 0), onset.name
    zone = rules.to_tz(lookup_tzid=False)
    for month, days in ((1, [1]), (3, range(25, 32)), (6, [1]), (10, range(25, 32))):
        for day in days:
            for hour in (0, 2, 12):  # in between lies the hour that is skipped or comes twice
                local = dt.datetime(year, month, day, hour, 30)
                assert zone.utcoffset(local) == local.replace(tzinfo=LONDON).utcoffset(), local


def test_the_hour_that_comes_twice_is_told_apart(client):
    first, second = (dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
    event = EventFactory(starts_at=first, ends_at=second)

    found = entry(client, event)

    assert [found[name].dt.astimezone(dt.UTC) for name in ("DTSTART", "DTEND")] == [first, second]


def test_an_entry_keeps_its_identity_and_counts_its_changes(client, fatima, amina):
    event = EventFactory()
    first = entry(client, event)
    sign_up(event, by=amina)
    assert entry(client, event)["DTSTAMP"].dt == first["DTSTAMP"].dt

    change_event(event, by=fatima, venue="York", reason="A bigger room.")
    second = entry(client, event)

    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)


def test_a_cancelled_event_is_cancelled_in_entry_and_feed(client, fatima):
    event = cancel_event(EventFactory(), by=fatima, reason="The venue flooded.")

    (in_feed,) = entries(client.get("/events/calendar.ics"))

    for found in (entry(client, event), in_feed):
        assert (found["STATUS"], found["SEQUENCE"]) == ("CANCELLED", 1)
        assert "The venue flooded." in found["DESCRIPTION"]


def test_the_feed_takes_the_filters_of_the_list(client):
    EventFactory(title="Skills", stream=Event.Stream.SKILLS)
    EventFactory(title="Futures", stream=Event.Stream.FUTURES)
    EventFactory(title="Past", ended=True)

    def summaries(query):
        return [str(found["SUMMARY"]) for found in entries(client.get(f"/events/calendar.ics?{query}"))]

    assert summaries("stream=futures") == ["Futures"]
    assert summaries("when=past") == ["Past"]
    assert sorted(summaries("stream=nonsense&q=%00")) == ["Futures", "Past", "Skills"]


def test_the_feed_holds_no_drafts_even_for_those_who_see_them(signed_in, fatima):
    draft = EventFactory(state=Event.State.DRAFT)

    assert entries(signed_in(fatima).get("/events/calendar.ics")) == []
    assert entry(signed_in(fatima), draft)["STATUS"] == "CONFIRMED"


def test_an_empty_feed_is_a_calendar(client):
    assert entries(client.get("/events/calendar.ics")) == []


def test_an_event_called_like_the_feed_does_not_hide_it(client):
    EventFactory(title="Calendar", slug="calendar")

    assert len(entries(client.get("/events/calendar.ics"))) == 1


def test_line_ends_and_control_characters_add_nothing_to_the_file(client):
    event = EventFactory(
        title="Day\r\nATTENDEE:mailto:x@example.org\x07",
        venue="Leeds\nEND:VEVENT",
        summary="One\r\nBEGIN:VALARM\x08\u2028two",
    )

    found = entry(client, event)

    assert "ATTENDEE" not in found
    assert found.subcomponents == []
    raw = client.get(f"/events/{event.slug}/event.ics").content
    assert b"\x07" not in raw
    assert raw.count(b"\r\nEND:VEVENT") == 1


def test_the_feed_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    costs = []
    for number in (3, 27):
        EventFactory.create_batch(number)
        with django_assert_max_num_queries(6) as queries:
            client.get("/events/calendar.ics")
        costs.append(len(queries))
    assert costs[0] == costs[1]
