"""What pages, lists and the home say of places: for whom they are left, what is offered, why somebody waits."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from core.inbox import Reader
from core.words import time_in_words
from events import inbox
from events.desk.operations import release
from events.models import Event, SignUp
from events.places.operations import cancel_sign_up, share_out, sign_up
from events.places.standing import left_by_event
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, PoolFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def for_districts():
    """Four places: one taken by anybody, three kept for districts."""
    event = EventFactory(capacity=4)
    SignUpFactory(event=event)
    PoolFactory(event=event, places=3)
    return event


@pytest.fixture
def offered(amina, harlow, mail_at_any_time):
    """A place that the waiting list offers Amina."""
    event = EventFactory(capacity=1, offer_hours=48)
    first = sign_up(event, by=UserFactory())
    place = sign_up(event, by=amina, organisation=harlow)
    cancel_sign_up(first, by=first.person)
    place.refresh_from_db()
    return place


def test_places_left_are_said_for_whoever_reads(for_districts, amina, carlos, ben):
    said = {who: left_by_event([for_districts], who)[for_districts.pk] for who in (amina, carlos, ben)}

    assert said == {amina: "3 places left for districts", carlos: "", ben: ""}
    assert left_by_event([for_districts], AnonymousUser())[for_districts.pk] == "3 places left for districts"


def test_the_list_and_the_page_say_the_same(for_districts, signed_in, amina):
    client = signed_in(amina)

    assert "3 places left for districts" in words(client.get("/events/"))
    page = words(client.get(for_districts.get_absolute_url()))
    assert "3 places left for districts" in page
    assert "Districts" in page
    assert "0 of 3" in page
    assert "1 of 4" in page
    assert "Places promised, not people in the room" in page


def test_whom_no_place_is_left_for_is_asked_to_wait_and_told_why(for_districts, signed_in, carlos, surrey):
    client = signed_in(carlos)
    form = f"{for_districts.get_absolute_url()}sign-up/"

    assert "The 3 places left are kept for others. Nobody is waiting yet: you would be number 1." in words(
        client.get(form)
    )
    page = words(client.post(form, {"organisation": surrey.pk, "expects": "waiting"}, follow=True))
    assert "You are number 1 on the waiting list" in page
    assert "The 3 places left are for districts." in page


def test_whoever_has_a_place_sees_that_and_no_counter(for_districts, signed_in, amina, harlow):
    sign_up(for_districts, by=amina, organisation=harlow)
    client = signed_in(amina)

    assert "You have a place" in words(client.get("/events/"))
    assert "places left" not in words(client.get("/events/"))


def test_a_place_that_went_while_the_form_was_filled_in_is_said(signed_in, amina, harlow, fatima):
    event = EventFactory(capacity=5)
    SignUpFactory(event=event, organisation=harlow)
    share_out(event, by=fatima, offer_hours=0, council_cap=1, council_cap_until=event.starts_at)
    client = signed_in(amina)

    page = words(
        client.post(f"{event.get_absolute_url()}sign-up/", {"organisation": harlow.pk, "expects": "place"}, follow=True)
    )

    assert "Harlow has the 1 place that one council may have" in page
    assert "You are on the waiting list instead." in page


def test_a_form_that_is_sent_after_the_closing_time_says_so_and_keeps_what_was_typed(signed_in, amina, harlow):
    event = EventFactory()
    Event.objects.filter(pk=event.pk).update(sign_up_closes_at=event.created_at)

    response = signed_in(amina).post(
        f"{event.get_absolute_url()}sign-up/", {"organisation": harlow.pk, "access_needs": "A ramp."}
    )

    assert response.status_code == 409
    assert "Sign-up for this event has closed." in words(response)
    assert "A ramp." in response.content.decode()


def test_the_page_of_an_offered_place_has_two_buttons_and_opening_it_changes_nothing(offered, signed_in, amina):
    client = signed_in(amina)

    page = words(client.get(offered.get_absolute_url()))
    offered.refresh_from_db()
    assert offered.status == SignUp.Status.OFFERED
    assert "A place is offered to you" in page
    assert "It is kept for you until" in page
    assert client.get(f"{offered.get_absolute_url()}accept/").status_code == 405

    client.post(f"{offered.get_absolute_url()}accept/")
    offered.refresh_from_db()
    assert offered.status == SignUp.Status.CONFIRMED


def test_turning_a_place_down_is_one_press(offered, signed_in, amina):
    page = words(signed_in(amina).post(f"{offered.get_absolute_url()}decline/", follow=True))

    assert "You have turned the place down, and left the waiting list." in page
    offered.refresh_from_db()
    assert offered.ended_because == "declined"


def test_an_offered_place_waits_on_the_home_with_its_button(offered, amina):
    [item] = inbox.places_kept(Reader(amina, clock.now()))

    assert [action.text for action in item.actions] == ["Accept", "Decline"]
    assert item.closes_at == offered.lapses_at
    assert inbox.own_days(Reader(amina, clock.now())) == []


def test_whoever_waits_reads_why_somebody_behind_them_went_first(for_districts, signed_in, carlos, surrey, harlow):
    sign_up(for_districts, by=carlos, organisation=surrey)
    from_harlow = [
        sign_up(for_districts, by=MembershipFactory(organisation=harlow).person, organisation=harlow) for _ in range(4)
    ]
    cancel_sign_up(from_harlow[0], by=from_harlow[0].person)

    page = words(signed_in(carlos).get(carlos.sign_ups.get().get_absolute_url()))

    assert "somebody who signed up after you had a place first. The place is one of those for districts." in page


def test_whoevers_council_has_its_most_reads_that_first_and_that_they_may_come_for_themselves(signed_in, amina, harlow):
    soon = clock.now() + dt.timedelta(days=3)
    event = EventFactory(capacity=9, council_cap=1, council_cap_until=soon)
    SignUpFactory(event=event, organisation=harlow)
    client = signed_in(amina)

    for address in (event.get_absolute_url(), f"{event.get_absolute_url()}sign-up/"):
        page = words(client.get(address))
        assert f"{harlow} has the 1 place that one council may have until" in page
        assert "If you come for yourself, you get a place at once." in page
        assert "kept for others" not in page


def test_whose_place_was_released_reads_when_and_that_the_desk_lets_them_in(signed_in, amina, fatima):
    event = EventFactory(started=True)
    place = SignUpFactory(event=event, person=amina)
    release(place, by=fatima)
    client = signed_in(amina)
    at = time_in_words(SignUp.objects.get().released_at)

    for address in (event.get_absolute_url(), place.get_absolute_url()):
        page = words(client.get(address))
        assert "Your place was released" in page
        assert f"The desk released it at {at}, as you had not come. If you are on your way, go to the desk" in page
    assert "Released at the desk" in words(signed_in(fatima).get(f"{event.get_absolute_url()}people/"))
    with clock.at(event.ends_at):
        assert "go to the desk" not in words(client.get(place.get_absolute_url()))


def test_a_kind_or_council_that_went_while_the_form_was_open_is_said_in_our_words(signed_in, amina):
    event = EventFactory(co_design=True)

    sent = {"kind": "carer", "organisation": "999999"}
    page = words(signed_in(amina).post(f"{event.get_absolute_url()}sign-up/", sent))

    assert "This kind of people is no longer one of the event’s. Choose another." in page
    assert "You are no member of this organisation any more. Choose another." in page
    assert "Select a valid choice" not in page
