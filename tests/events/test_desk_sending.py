"""A phone that was offline sends its marks as a list: each is answered, and each counts once."""

import datetime as dt
import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from events.desk.operations import release_no_shows
from events.desk.taking import Sent, take
from events.models import DeskMark
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return EventFactory(started=True, slug="today", capacity=2)


@pytest.fixture
def phone(signed_in, fatima):
    """Sends a list, its clock as many minutes ahead as is said; answers what was said of each."""
    client = signed_in(fatima)

    def send(*marks, ahead=0):
        sent_at = clock.now() + dt.timedelta(minutes=ahead)
        body = {"sent_at": sent_at.isoformat(), "marks": marks}
        answer = client.post("/events/today/check-in/marks/", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200
        return answer.json()["answers"]

    send.client = client
    return send


def mark(what="in", place=None, *, ago=10, **more):
    at = (clock.now() - dt.timedelta(minutes=ago)).isoformat()
    reference = {"reference": str(place.reference)} if place else {}
    return {"client_id": str(uuid.uuid4()), "what": what, "at": at, **reference, **more}


def test_a_list_is_taken_in_its_order_and_sent_twice_it_counts_once(phone, today):
    places = SignUpFactory.create_batch(2, event=today)
    marks = [mark(place=places[0], ago=20), mark("undo", places[0], ago=15), mark(place=places[1], ago=12)]

    assert [one["is_taken"] for one in phone(*marks)] == [True] * 3
    phone(*marks)

    today.refresh_from_db()
    assert (today.arrived, DeskMark.objects.count()) == (1, 3)
    places[1].refresh_from_db()
    assert clock.now() - places[1].checked_in_at > dt.timedelta(minutes=11)
    assert {one.desk for one in DeskMark.objects.all()} == {"1"}, "one phone is one desk"


def test_of_a_list_that_is_too_long_the_first_marks_are_taken(phone, today, monkeypatch):
    monkeypatch.setattr("events.desk.sending.MOST", 1)

    assert len(phone(None, None)) == 1


def test_a_list_from_whoever_does_not_run_the_event_says_nothing_of_its_places(today, amina):
    press = Sent(uuid.uuid4(), clock.now(), "in", reference=uuid.uuid4())

    with pytest.raises(PermissionDenied):
        take(today, press, desk="1", by=amina)


def test_the_clock_of_a_phone_is_set_right(phone, today):
    place = SignUpFactory(event=today)
    pressed = mark(place=place, ago=-50)  # its clock is an hour ahead

    phone(pressed, ahead=60)

    place.refresh_from_db()
    assert dt.timedelta(minutes=9) < clock.now() - place.checked_in_at < dt.timedelta(minutes=11)


def test_what_is_refused_says_why_and_keeps_nobody_else_out(phone, today, fatima):
    gone = SignUpFactory(event=today, status="cancelled", ended_because="gave_back", person__name="Lena Marsh")
    elsewhere = SignUpFactory(event=EventFactory(started=True))
    here = SignUpFactory(event=today)

    said = phone(mark(place=gone), mark(place=elsewhere), mark(place=here))

    assert [one["is_taken"] for one in said] == [False, False, True]
    assert "Lena Marsh has no place any more" in said[0]["said"]
    assert "Nobody at this event" in said[1]["said"]


@pytest.mark.parametrize("item", [None, 7, {}, {"what": "in"}])
def test_what_is_no_mark_is_answered_and_not_an_error(phone, today, item):
    assert phone(item)[0]["said"] == "This mark cannot be read."


@pytest.mark.parametrize("broken", [{"what": "x"}, {"at": "25:00"}, {"reference": "1"}, {"client_id": "1"}])
def test_a_mark_that_cannot_be_read_is_answered_and_not_an_error(phone, today, broken):
    assert phone({**mark(), **broken})[0]["said"] == "This mark cannot be read."


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"marks": 3}', b"null", b"\xff"])
def test_a_body_that_is_no_list_takes_nothing(phone, today, body):
    answer = phone.client.post("/events/today/check-in/marks/", body, content_type="application/json")
    assert answer.json() == {"answers": []}


def test_a_walk_in_of_an_offline_phone_gets_in_whatever_is_unclear_and_the_answer_says_without_what(phone, fatima):
    """Also where the page was from before the event had kinds of people, or one of them has gone since."""
    today = EventFactory(started=True, slug="today", co_design=True)
    OrganisationFactory(name="Northby", slug="northby")
    clear = mark("walk_in", name="Wendy Ash", email="wendy@example.org", organisation="Northby", kind="developer")
    unclear = mark("walk_in", name="Ravi Sen", email="not an address", organisation="Nowhere at all", kind="gone")

    said = phone(clear, unclear, mark("walk_in", name=""), mark("walk_in", name="Omar Bell"), clear)

    assert [one["is_taken"] for one in said] == [True, True, False, True, True]
    assert said[2]["said"] == "Enter their name."
    without = "Ravi Sen is in without address, organisation and kind: what was typed could not be used."
    assert [one.get("note") for one in said] == ["", without, None, "", ""]
    people = today.sign_ups.order_by("position").values_list("person__name", "organisation__name", "kind__key")
    assert list(people) == [
        ("Wendy Ash", "Northby", "developer"), ("Ravi Sen", None, None), ("Omar Bell", None, None)
    ]  # fmt: skip
    [asked] = phone(mark("walk_in", name="Ned Nowhere", kind="gone", may_ask=True))
    assert asked["said"] == "This kind of people is no longer one of the event’s. Choose another."


def test_a_code_opens_the_desk_for_its_staff_and_ones_own_place_and_else_nothing(signed_in, today, fatima, amina, ben):
    place = SignUpFactory(event=today, person=amina)
    address = f"/check-in/{place.reference}/"

    shown = signed_in(fatima).get(address, follow=True).content.decode()
    assert "Amina Shah" in shown
    assert "Found by their code. Compare the name" in shown
    assert shown.index("Found by their code") < shown.index("Amina Shah") < shown.index("lda-desk__tabs")
    assert signed_in(amina).get(address)["Location"] == place.get_absolute_url()
    assert signed_in(ben).get(address).status_code == 404
    assert signed_in(ben).get(f"/check-in/{uuid.uuid4()}/").status_code == 404
    place.refresh_from_db()
    assert place.checked_in_at is None


def test_no_shows_are_released_with_one_press_that_says_before_what_it_does_and_is_undone(phone, today):
    SignUpFactory.create_batch(2, event=today)
    phone(mark("walk_in", name="Wendy Ash"))
    page = words(phone.client.get("/events/today/check-in/"))
    assert "Release 2 no-shows" in page
    assert "1 goes to the person waiting here, 1 stays free for walk-ins." in page

    phone.client.post("/events/today/check-in/release/")
    page = phone.client.get("/events/today/check-in/").content.decode()
    assert "Bring back" in page
    assert today.sign_ups.filter(status="confirmed", is_over_capacity=False).count() == 1

    phone.client.post("/events/today/check-in/bring-back/")
    assert today.sign_ups.filter(status="confirmed", is_over_capacity=False).count() == 2


def test_somebody_who_was_released_is_found_and_let_in(phone, today, fatima):
    place = SignUpFactory(event=today, person__name="Lena Marsh")
    release_no_shows(today, by=fatima)
    page = phone.client.get("/events/today/check-in/?q=lena").content.decode()
    assert "place released at " in page
    phone.client.post(f"/events/today/check-in/{place.reference}/")
    today.refresh_from_db()
    assert today.arrived == 1


def test_a_walk_in_pressed_just_now_is_asked_back_about_and_a_kept_one_gets_in(phone, today):
    press = mark("walk_in", name="Wendy Ash", organisation="Atlantis Borough", kind="other")

    [asked] = phone(press | {"may_ask": True})
    assert not asked["is_taken"]
    assert "We know no organisation of this name." in asked["said"]
    assert not today.marks.exists()

    [kept] = phone(press)
    assert kept["is_taken"]
    assert today.sign_ups.get().person.name == "Wendy Ash"
    [again] = phone(press)
    assert (kept["was_in"], again["was_in"]) == (False, True)
    assert kept["reference"] == again["reference"] == str(today.sign_ups.get().reference)


def test_of_two_desks_only_one_is_told_that_it_was_first(phone, today):
    place = SignUpFactory(event=today, person__name="Wendy Ash")

    # As where both pressed before either was answered: which was first is what the room says once it is locked.
    first, second = phone(mark("in", place, ago=0), mark("in", place, ago=0))

    assert first["said"] == "Wendy Ash is checked in."
    assert second["said"].startswith("Wendy Ash is in since ")
    assert (first["was_in"], second["was_in"]) == (False, True)


def test_the_box_of_a_walk_in_suggests_organisations_of_every_kind_to_those_at_the_desk(phone, today, signed_in, amina):
    for name, kind in (("Harbour Studio", "supplier"), ("Harbour Council", "district")):
        OrganisationFactory(name=name, kind=kind)
    address = "/events/today/check-in/organisations/?q=harbour"

    found = {each["text"] for each in phone.client.get(address).json()}

    assert len(found) == 2
    assert any("Harbour Studio" in each for each in found)
    assert phone.client.get("/events/today/check-in/organisations/?q=h").json() == []
    assert address.split("?")[0] in phone.client.get("/events/today/check-in/").content.decode()
    assert signed_in(amina).get(address).status_code == 403
