"""An event says what is true at the time: before it, from the first check-in, while it is on, once it is over."""

import datetime as dt

import pytest

from core import clock
from events.desk.operations import check_in, release
from events.models import Event, SignUp
from events.places import emails
from events.places.standing import state_of
from events.programme.operations import cancel_event
from outbox.operations import queue_message
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import PrototypeFactory
from tests.pages import words

pytestmark = pytest.mark.django_db

AT_ONCE = "When your turn comes, the place is yours at once and we write to you."
AT_THE_DOOR = "places that come free now are given at the door, to people who are there."


def test_who_waits_is_promised_a_place_only_until_check_in_has_begun(
    signed_in, amina, fatima, deliver, mail_at_any_time
):
    event = EventFactory(capacity=1)
    here = SignUpFactory(event=event)
    mine = SignUpFactory(event=event, person=amina, status=SignUp.Status.WAITING)

    def said():
        queue_message(emails.confirmation, mine, to=amina)
        places = [mine.get_absolute_url(), event.get_absolute_url()]
        return [words(signed_in(amina).get(place)) for place in places], deliver()[-1].body

    pages, letter = said()
    assert all(AT_ONCE in each for each in (*pages, letter))
    with clock.at(event.starts_at - dt.timedelta(minutes=5)):
        check_in(here, by=fatima)
        pages, letter = said()
        assert all(f"Check-in has begun: {AT_THE_DOOR}" in each for each in (*pages, letter))
        assert all("You are number 1 on the waiting list" in each for each in (*pages, letter))
    with clock.at(event.starts_at):
        pages, _ = said()
        assert all(f"The event has started: {AT_THE_DOOR}" in each for each in pages)
        assert all("You were on the waiting list" in each for each in pages)
        assert state_of(event, mine)[0] == "You were on the waiting list"  # as one's account says it
    with clock.at(event.ends_at):
        pages, _ = said()
        assert not any("given at the door" in each or "You had a place" in each for each in pages)


def test_whose_place_is_released_is_told_why(fatima, deliver):
    event = EventFactory(started=True, title="Skills day")
    release(SignUpFactory(event=event), by=fatima)

    [message] = deliver()
    assert "You have not checked in at Skills day yet." in message.body


def test_people_are_there_while_it_is_on_and_were_there_afterwards(client, fatima, harlow):
    event = EventFactory(started=True)
    check_in(SignUpFactory(event=event, organisation=harlow), by=fatima)

    assert "1 person is checked in. 1 council here: Harlow" in words(client.get(event.get_absolute_url()))
    with clock.at(event.ends_at):
        assert "1 person was checked in." in words(client.get(event.get_absolute_url()))


def test_where_sign_up_is_closed_no_waiting_list_is_offered(signed_in, amina):
    event = EventFactory(started=True, capacity=1)
    SignUpFactory(event=event)

    page = words(signed_in(amina).get(f"/events/{event.slug}/sign-up/"))

    assert "Sign-up for this event is closed." in page
    assert "Join the waiting list" not in page


def test_a_kind_that_nobody_was_asked_for_is_shown_nowhere(signed_in, fatima):
    for event in (EventFactory(started=True), EventFactory(started=True, co_design=True)):
        SignUpFactory(event=event, person__name="Ann Lee")
        desk = words(signed_in(fatima).get(f"/events/{event.slug}/check-in/"))
        rows = desk.partition("lda-rows--desk")[2].partition("</ul>")[0]

        assert "Ann Lee" in rows
        assert "Someone else" not in rows
        assert ("walk_in-kind" in desk) == (event.kind == Event.Kind.CO_DESIGN_DAY)
        assert "Someone else" not in words(signed_in(fatima).get(event.get_absolute_url()))


def test_an_event_without_prototypes_offers_no_vote_and_tells_nobody_that_they_can_vote(signed_in, fatima):
    workshop, day, with_prototypes = (
        EventFactory(started=True),
        EventFactory(started=True, co_design=True),
        EventFactory(),
    )
    with_prototypes.prototypes.set(PrototypeFactory.create_batch(2))

    def offers(event):
        return "Prepare a vote" in words(signed_in(fatima).get(event.get_absolute_url()))

    def speaks_of_the_vote(event):
        with clock.at(event.starts_at):
            return "and vote." in words(signed_in(fatima).get(f"/events/{event.slug}/check-in/"))

    assert [(offers(event), speaks_of_the_vote(event)) for event in (workshop, day, with_prototypes)] == [
        (False, False),
        (False, True),  # while it has made none
        (True, True),
    ]


def test_cancelling_is_offered_until_somebody_is_checked_in_and_a_cancelled_event_is_for_no_calendar(
    signed_in, client, fatima
):
    event = EventFactory()
    place = SignUpFactory(event=event)
    address = event.get_absolute_url()
    assert f"{address}cancel/" in words(signed_in(fatima).get(f"{address}run/"))
    with clock.at(event.starts_at - dt.timedelta(minutes=5)):
        check_in(place, by=fatima)
        assert f"{address}cancel/" not in words(signed_in(fatima).get(f"{address}run/"))

    other = cancel_event(EventFactory(), by=fatima, reason="Snow.")
    client.logout()
    assert "Add to your calendar" in words(client.get(address))
    assert "Add to your calendar" not in words(client.get(other.get_absolute_url()))


def test_whoever_was_signed_up_for_a_cancelled_event_is_promised_nothing(signed_in, amina, fatima):
    event = EventFactory(capacity=1)
    SignUpFactory(event=event)
    SignUpFactory(event=event, person=amina, status=SignUp.Status.WAITING)

    page = words(signed_in(amina).get(cancel_event(event, by=fatima, reason="Snow.").get_absolute_url()))

    assert "waiting list" not in page
    assert AT_ONCE not in page
