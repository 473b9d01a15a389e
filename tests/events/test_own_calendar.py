"""One's own days in one's own calendar: a secret address, renewed, turned off; and a place brought back."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from core.clock import LONDON
from core.middleware import path_for_logs
from core.signed_links import key_in, token_of
from core.words import span_in_words
from events.models import OwnCalendar, SignUp
from events.places.operations import bring_back, cancel_sign_up, new_own_calendar, sign_up, turn_off_own_calendar
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def entries(response):
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_the_feed_has_one_s_own_days_without_a_session_and_nobody_else_s(client, amina, ben):
    mine, waiting = EventFactory(title="Mine"), EventFactory(title="Waiting", capacity=1)
    SignUpFactory(event=waiting)
    for event in (mine, waiting):
        sign_up(event, by=amina)
    cancel_sign_up(sign_up(EventFactory(title="Given back"), by=amina), by=amina)
    sign_up(EventFactory(title="Ben’s"), by=ben)

    response = client.get(new_own_calendar(amina, by=amina).get_absolute_url())

    found = {str(entry["SUMMARY"]): str(entry["STATUS"]) for entry in entries(response)}
    assert found == {"Mine": "CONFIRMED", "Waiting": "TENTATIVE"}
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_a_new_address_ends_the_old_one_and_turned_off_none_opens(client, signed_in, amina, ben):
    old = new_own_calendar(amina, by=amina).get_absolute_url()
    signed_in(amina).post("/account/calendar/new/")
    new = OwnCalendar.objects.get().get_absolute_url()
    assert [client.get(address).status_code for address in (old, new)] == [404, 200]
    assert new in words(client.get("/account/calendar/"))

    client.post("/account/calendar/off/")

    assert client.get(new).status_code == 404
    turn_off_own_calendar(amina, by=amina)
    for deed in (new_own_calendar, turn_off_own_calendar):
        with pytest.raises(PermissionDenied):
            deed(amina, by=ben)


def test_an_address_is_signed_and_stands_in_no_log(client, rf, amina):
    calendar = new_own_calendar(amina, by=amina)
    token = token_of("events.own_calendar", calendar.key)

    assert key_in("events.own_calendar", token) == calendar.key
    for other in (calendar.key.hex, token + "x", token_of("events.offer", calendar.key), "\u2028"):
        assert client.get(f"/calendars/{other}/places.ics").status_code == 404
    answer = client.get(calendar.get_absolute_url())
    assert token not in path_for_logs(answer.wsgi_request)
    assert path_for_logs(answer.wsgi_request) == "/calendars/-/places.ics"


def test_a_closed_account_has_no_calendar(client, amina):
    address = new_own_calendar(amina, by=amina).get_absolute_url()
    type(amina).objects.filter(pk=amina.pk).update(is_active=False)

    assert client.get(address).status_code == 404


def test_the_feed_costs_the_same_however_many_days_one_has(client, amina, asked):
    address, costs = new_own_calendar(amina, by=amina).get_absolute_url(), []
    for number in (1, 9):
        for _ in range(number):
            SignUpFactory(person=amina)
        with asked() as statements:
            client.get(address)
        costs.append(len(statements))

    assert costs[0] == costs[1]


# The clocks change ----------------------------------------------------------------------------------------

AT = {
    "spring 2026": ((2026, 3, 29, 0, 30), (2026, 3, 29, 2, 30), 60),
    "autumn 2026": ((2026, 10, 25, 0, 30), (2026, 10, 25, 2, 30), 180),
    "spring 2027": ((2027, 3, 28, 0, 30), (2027, 3, 28, 2, 30), 60),
    "autumn 2027": ((2027, 10, 31, 0, 30), (2027, 10, 31, 2, 30), 180),
    "leap day": ((2028, 2, 29, 10), (2028, 2, 29, 16), 360),
    "over midnight of the change": ((2026, 10, 24, 22), (2026, 10, 25, 4), 420),
    "several days over the change": ((2027, 3, 27, 10), (2027, 3, 29, 16), 53 * 60),
}


@pytest.mark.parametrize("case", AT)
def test_days_of_the_change_keep_hours_and_length_in_feed_and_words(case, client, amina):
    starts, ends, minutes = AT[case]
    starts_at, ends_at = (dt.datetime(*parts, tzinfo=LONDON) for parts in (starts, ends))
    event = EventFactory(starts_at=starts_at.astimezone(dt.UTC), ends_at=ends_at.astimezone(dt.UTC))
    SignUpFactory(event=event, person=amina)

    (found,) = entries(client.get(new_own_calendar(amina, by=amina).get_absolute_url()))

    begin, end = (found[name].dt.astimezone(dt.UTC) for name in ("DTSTART", "DTEND"))
    assert (begin, end) == (event.starts_at, event.ends_at)
    assert end - begin == dt.timedelta(minutes=minutes)
    said = span_in_words(event.starts_at, event.ends_at)
    assert f"{starts_at:%H:%M}" in said
    assert f"{ends_at:%H:%M}" in said
    assert event.days.replace(" to ", "") != event.days or starts[:3] == ends[:3]


# Brought back ---------------------------------------------------------------------------------------------


def test_a_place_given_back_is_brought_back_where_one_is_free(signed_in, amina, harlow):
    place = sign_up(EventFactory(), by=amina, organisation=harlow, is_listed=True)
    cancel_sign_up(place, by=amina)
    client = signed_in(amina)
    assert "Bring my place back" in words(client.get(place.get_absolute_url()))

    page = words(client.post(f"{place.get_absolute_url()}bring-back/", follow=True))

    again = place.event.sign_ups.living().get()
    assert "You have a place again." in page
    assert (again.status, again.organisation, again.is_listed) == (SignUp.Status.CONFIRMED, harlow, True)
    assert bring_back(place, by=amina).pk == again.pk


def test_who_brings_their_place_back_is_led_to_say_again_what_they_need(signed_in, amina):
    place = sign_up(EventFactory(), by=amina, access_needs="Hearing loop")
    cancel_sign_up(place, by=amina)
    client = signed_in(amina)
    assert "What you need, and what the organisers ask, you say anew." in words(client.get(place.get_absolute_url()))

    answer = client.post(f"{place.get_absolute_url()}bring-back/")

    again = place.event.sign_ups.living().get()
    assert answer["Location"] == f"{again.get_absolute_url()}change/"
    assert "are gone: say them again here" in words(client.get(answer["Location"]))


def test_the_link_of_a_place_given_back_leads_to_the_one_that_they_have_now(signed_in, amina, fatima):
    place = sign_up(EventFactory(), by=amina)
    cancel_sign_up(place, by=amina)
    again = bring_back(place, by=amina)

    assert signed_in(fatima).get(place.get_absolute_url()).status_code == 200
    client = signed_in(amina)
    for page in ("", "cancel/", "change/", "pass-on/"):
        answer = client.get(f"{place.get_absolute_url()}{page}", follow=True)
        assert answer.redirect_chain[-1][0] == again.get_absolute_url()


def test_once_the_place_is_another_s_one_is_brought_back_to_the_end_of_the_list(signed_in, amina, ben, carlos):
    event = EventFactory(capacity=1)
    place = sign_up(event, by=amina)
    cancel_sign_up(place, by=amina)
    for other in (ben, carlos):
        sign_up(event, by=other)

    page = words(signed_in(amina).post(f"{place.get_absolute_url()}bring-back/", follow=True))

    assert "you are number 2 on the waiting list" in page
    with pytest.raises(PermissionDenied):
        bring_back(place, by=ben)


def test_who_guesses_references_is_slowed_down_and_learns_nothing(signed_in, ben, amina):
    place = SignUpFactory(person=amina)
    client = signed_in(ben)
    answers = [client.get(f"/sign-ups/{uuid.uuid4()}/").status_code for _ in range(20)]

    assert set(answers) == {404}
    assert client.get(place.get_absolute_url()).status_code == 429
    assert signed_in(amina).get(place.get_absolute_url()).status_code == 200
