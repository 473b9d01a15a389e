"""The page of one's own place: how it stands, what to do next, and what to show at the desk."""

import re

import pytest

from core import clock
from design_system.qr import qr_code
from events.places.operations import cancel_sign_up, offer_place, sign_up
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db
DESK = "Show this at the desk"


def page_of(client, place):
    return words(client.get(place.get_absolute_url()))


def main_buttons(page):
    return re.findall(r'data-main-action="yes"[^>]*>\s*(.*?)\s*<', page)


def test_a_place_shows_its_qr_code_its_short_code_and_whose_it_is(signed_in, amina, settings):
    settings.BASE_URL = "https://portal.example.org"
    place = sign_up(EventFactory(), by=amina)

    page = page_of(signed_in(amina), place)

    drawn = qr_code(f"https://portal.example.org/check-in/{place.reference}/", "same")
    lines = re.search(r' d="([^"]+)"', drawn.replace("\n", ""))[1]
    shown = page[page.index(DESK) :]
    assert lines in shown
    assert "style=" not in shown[: shown.index("</section>")]
    assert place.code in shown
    assert amina.name in shown[: shown.index("</section>")]


@pytest.mark.parametrize("status", ["held", "offered", "waiting", "cancelled"])
def test_who_has_no_place_has_nothing_to_show_at_the_desk(signed_in, amina, status):
    place = SignUpFactory(person=amina, status=status)

    assert DESK not in page_of(signed_in(amina), place)


def test_who_is_in_or_was_there_or_whose_day_is_cancelled_shows_nothing_either(signed_in, amina):
    over, off = EventFactory(ended=True), EventFactory(state="cancelled", cancelled_reason="Flooded")
    inside = SignUpFactory(event=EventFactory(started=True), person=amina, checked_in_at=clock.now())
    client = signed_in(amina)

    for place in (SignUpFactory(event=over, person=amina), SignUpFactory(event=off, person=amina), inside):
        assert DESK not in page_of(client, place)


def test_those_who_run_it_read_of_somebody_else_and_cannot_show_their_code(signed_in, amina, fatima):
    event = EventFactory(capacity=1)
    place, second = sign_up(event, by=amina), sign_up(event, by=UserFactory(name="Ada Wu"))
    organiser = signed_in(fatima)

    page = page_of(organiser, place)
    assert f"{amina} has a place" in page
    assert "You have a place" not in page
    assert DESK not in page
    assert place.code in page
    assert "Ada Wu is number 1 on the waiting list" in page_of(organiser, second)
    cancel_sign_up(place, by=amina)
    place.refresh_from_db()
    assert f"{amina} is not signed up any more" in page_of(organiser, place)


@pytest.mark.parametrize(
    ("status", "button"),
    [("held", "Confirm my place"), ("offered", "Take the place"), ("cancelled", "Bring my place back")],
)
def test_what_waits_for_its_holder_is_the_one_main_button(signed_in, amina, status, button):
    place = SignUpFactory(person=amina, status=status)

    assert main_buttons(page_of(signed_in(amina), place)) == [button]


def test_a_place_that_waits_for_nothing_has_no_main_button(signed_in, amina):
    assert main_buttons(page_of(signed_in(amina), SignUpFactory(person=amina))) == []


def test_who_waits_reads_their_number_and_why(signed_in, amina):
    event = EventFactory(capacity=2)
    for _ in range(3):
        sign_up(event, by=UserFactory())
    place = sign_up(event, by=amina)

    page = page_of(signed_in(amina), place)

    assert "You are number 2 on the waiting list" in page
    assert "All 2 places are taken. 1 person who signed up before you waits too." in page


def test_a_place_offered_to_a_colleague_says_to_whom_and_until_when(signed_in, amina):
    place = sign_up(EventFactory(), by=amina)
    offer_place(place, to_email="ada@example.org", by=amina)

    page = page_of(signed_in(amina), place)

    assert "You have offered it to ada@example.org, until" in page
    assert "Take the offer back" in page
    assert "Pass on to a colleague" not in page


def test_a_place_over_says_whether_they_came(signed_in, amina):
    client = signed_in(amina)
    missed = SignUpFactory(event=EventFactory(ended=True), person=amina)
    came = SignUpFactory(event=EventFactory(ended=True), person=amina, checked_in_at=clock.now())

    assert "You had a place" in page_of(client, missed)
    assert "You were there" in page_of(client, came)
