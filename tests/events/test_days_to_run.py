"""What pages say of a day as it comes, goes on and is over, to those who run it."""

import datetime as dt

import pytest

from core import clock
from core.inbox import Reader
from events.desk.operations import check_in
from events.inbox import days_to_run
from events.programme.operations import cancel_event
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def test_a_cancelled_event_has_nothing_to_run_and_its_desk_expects_nobody(desk, fatima):
    event = EventFactory(slug="off")
    SignUpFactory(event=event, person__name="Wendy Ash")
    assert "Run this event" in words(desk.get("/events/off/"))
    cancel_event(event, by=fatima, reason="The room is flooded.")

    assert "Run this event" not in words(desk.get("/events/off/"))
    page = words(desk.get("/events/off/check-in/"))
    assert "This event is cancelled: The room is flooded." in page
    assert "Check-in opens" not in page
    assert "</strong> expected" not in page
    assert "Wendy Ash" in page
    assert "This event is cancelled: The room is flooded." in words(desk.get("/events/off/sign-up/"))


def test_what_a_day_brought_forth_is_noted_from_its_start_on(desk, today):
    EventFactory(slug="soon")
    assert "Note what came out" in words(desk.get("/events/today/run/"))
    assert "Note what came out" not in words(desk.get("/events/soon/run/"))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "This event has not started yet, so nothing came out of it."),
        ({"ended": True, "state": "cancelled"}, "This event was cancelled, so nothing came out of it."),
    ],
)
def test_where_nothing_can_have_come_out_the_address_leads_back_and_says_why(desk, given, why):
    event = EventFactory(slug="soon", cancelled_reason="Ill" if given else "", **given)

    answer = desk.get("/events/soon/brought-forth/", follow=True)

    assert answer.redirect_chain[0][0] == event.get_absolute_url()
    assert why in words(answer)


def test_while_a_day_goes_on_its_page_says_what_came_out_so_far(client):
    EventFactory(slug="now", started=True)
    EventFactory(slug="past", ended=True)
    assert "What came out so far" in words(client.get("/events/now/"))
    assert "What came out so far" not in words(client.get("/events/past/"))


def test_checking_in_is_the_main_button_of_the_row_until_all_who_are_expected_are_here(fatima):
    event = EventFactory(started=True)
    place = SignUpFactory(event=event)
    reader = Reader(fatima, clock.now())
    assert not days_to_run(reader)[0].actions[0].is_second
    check_in(place, by=fatima)
    assert days_to_run(reader)[0].actions[0].is_second


def test_where_nobody_comes_yet_the_event_says_so_once_without_a_table_of_noughts(client):
    event = EventFactory(slug="soon", co_design=True)
    assert "The mix of people" not in words(client.get("/events/soon/"))
    SignUpFactory(event=event, kind="developer")
    assert "The mix of people" in words(client.get("/events/soon/"))


def test_the_row_of_a_day_to_come_says_nothing_of_who_is_here(fatima):
    event = EventFactory(starts_at=clock.now() + dt.timedelta(days=5))
    reader = Reader(fatima, clock.now())
    assert "taken." in days_to_run(reader)[0].note
    with clock.at(event.starts_at):
        assert "taken, 0 here." in days_to_run(reader)[0].note
