"""Kinds of participant are rows of an event: those of a Co-Design Day from the start, others by whoever runs it."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from core import clock
from core.errors import Refused
from events.models import Event, ParticipantKind
from events.places.operations import (
    add_kind,
    add_pool,
    change_kind,
    copy_kinds,
    move_kind,
    remove_kind,
    sign_up,
)
from events.places.operations.sign_ups import change_sign_up
from events.places.who_comes import missing_sentence, who_comes
from events.programme.operations import change_event, publish_event
from tests.factories.events import EventFactory, SignUpFactory, kind_of
from tests.roles.scenes import EVENT

pytestmark = pytest.mark.django_db


def planned(by, kind):
    starts = clock.now() + dt.timedelta(days=14)
    times = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=6)}
    return publish_event(by=by, **{**EVENT, "kind": kind}, **times)


def names(event):
    return [kind.name for kind in event.participant_kinds.all()]


FOUR = ["Service user", "Head of service", "Policy expert", "Developer"]


def test_a_co_design_day_has_its_four_kinds_and_a_workshop_none(fatima):
    assert names(planned(fatima, Event.Kind.CO_DESIGN_DAY)) == FOUR
    workshop = planned(fatima, Event.Kind.WORKSHOP)
    assert names(workshop) == []

    change_event(workshop, by=fatima, kind=Event.Kind.CO_DESIGN_DAY)

    assert names(workshop) == FOUR


def test_any_event_may_ask_for_kinds_of_its_own(fatima, signed_in, amina):
    event = EventFactory()
    add_kind(event, by=fatima, name="Carer")
    other = add_kind(event, by=fatima, name="Öther", is_needed=False)  # its letters make that key
    assert other.key != "other"

    client = signed_in(amina)
    client.post(reverse("events:sign_up", args=[event.slug]), {"kind": "carer"})

    assert event.sign_ups.get().kind.name == "Carer"
    assert missing_sentence(event, who_comes(event)) == ""


def test_a_kind_that_is_needed_and_has_nobody_is_said(fatima):
    event = EventFactory()
    add_kind(event, by=fatima, name="Carer")
    add_kind(event, by=fatima, name="Guest", is_needed=False)

    assert missing_sentence(event, who_comes(event)) == "Nobody is coming as a carer. This event needs one."


def test_a_kind_in_use_can_be_renamed_and_not_removed(fatima):
    event = EventFactory(co_design=True)
    developer, expert = kind_of(event, "developer"), kind_of(event, "policy_expert")
    place = SignUpFactory(event=event, kind=developer)

    with pytest.raises(Refused, match="1 person has signed up as Developer"):
        remove_kind(developer, by=fatima)
    with pytest.raises(ProtectedError):
        developer.delete()
    change_kind(developer, by=fatima, name="Engineer", is_needed=False)
    remove_kind(expert, by=fatima)

    place.refresh_from_db()
    assert (place.kind.name, place.kind.key) == ("Engineer", "developer")
    assert "Policy expert" not in names(event)


def test_no_event_has_two_kinds_of_one_name(fatima):
    event = EventFactory(co_design=True)

    with pytest.raises(Refused, match="has developer already"):
        add_kind(event, by=fatima, name="developer")
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantKind.objects.create(event=event, key="dev", name="DEVELOPER")


def test_a_kind_is_called_something_and_not_what_another_is_called_and_there_are_so_many_at_most(fatima, monkeypatch):
    event = EventFactory(co_design=True)
    expert = kind_of(event, "policy_expert")

    for name, why in (("", "Say what these people are called"), ("developer", "has developer already")):
        with pytest.raises(Refused, match=why) as refusal:
            change_kind(expert, by=fatima, name=name, is_needed=True)
        assert refusal.value.field == "name"
    change_kind(expert, by=fatima, name="Policy Expert", is_needed=True)
    monkeypatch.setattr("events.places.operations.kinds.MOST_KINDS", 5)
    add_kind(event, by=fatima, name="Carer")
    with pytest.raises(Refused, match="at most 5 kinds"):
        add_kind(event, by=fatima, name="Baker")


@pytest.mark.parametrize(
    ("fields", "why"), [({"state": Event.State.CANCELLED}, "was cancelled"), ({"ended": True}, "is over")]
)
def test_kinds_stay_as_they_were_where_an_event_is_cancelled_or_over(fatima, fields, why):
    with pytest.raises(Refused, match=why):
        add_kind(EventFactory(**fields), by=fatima, name="Carer")


@pytest.mark.parametrize("name", ["Other", "someone else", "???", "12"])
def test_no_kind_is_called_as_the_answer_of_whoever_is_none_of_them_or_has_no_words(fatima, name):
    with pytest.raises(Refused, match=r"Someone else|in words"):
        add_kind(EventFactory(), by=fatima, name=name)


def test_a_kind_of_another_event_and_one_removed_meanwhile_are_refused(fatima, amina):
    event, other = EventFactory(co_design=True), EventFactory(co_design=True)
    expert = kind_of(event, "policy_expert")
    remove_kind(kind_of(event, "policy_expert"), by=fatima)

    for kind in (expert, kind_of(other, "developer")):
        with pytest.raises(Refused, match="no longer one of the event’s") as refused:
            sign_up(event, by=amina, kind=kind)
        assert refused.value.field == "kind"
    place = sign_up(event, by=amina)
    with pytest.raises(Refused, match="no longer one of the event’s"):
        change_sign_up(place, by=amina, kind=expert)


def test_a_copy_has_the_kinds_of_its_original(fatima):
    original, copy = EventFactory(), EventFactory(co_design=True)
    add_kind(original, by=fatima, name="Carer", is_needed=False)

    copy_kinds(original, to=copy)

    assert [(kind.key, kind.is_needed) for kind in copy.participant_kinds.all()] == [("carer", False)]


def test_kinds_stand_everywhere_in_the_order_that_whoever_runs_the_event_gives_them(fatima):
    event = EventFactory(co_design=True)
    ParticipantKind.objects.filter(event=event).update(order=0)  # as rows of older events may have it

    move_kind(kind_of(event, "developer"), by=fatima, is_up=True)
    move_kind(kind_of(event, "service_user"), by=fatima, is_up=False)
    assert names(event) == ["Head of service", "Service user", "Developer", "Policy expert"]

    first, last = event.participant_kinds.all()[0], event.participant_kinds.all()[3]
    move_kind(first, by=fatima, is_up=True)
    move_kind(last, by=fatima, is_up=False)
    assert names(event) == ["Head of service", "Service user", "Developer", "Policy expert"]


@pytest.fixture
def page(fatima, signed_in):
    """The page of the kinds of a Co-Design Day, to get or post to, with what its list says of each kind."""
    event, client = EventFactory(co_design=True), signed_in(fatima)
    address = reverse("events:kinds", args=[event.slug])

    def send(rest="", data=None):
        if data is None:
            return client.get(address + rest, follow=True)
        return client.post(address + rest, data, follow=True)

    send.event = event
    return send


def row(answer, name):
    """The words and buttons of one kind in the list."""
    rows = re.findall(r'<li class="lda-row.*?</li>', answer.content.decode(), re.DOTALL)
    return next(one for one in rows if f">{name}</a>" in one)


def test_the_page_moves_kinds_by_buttons_that_need_no_script(page):
    assert 'value="up"' not in row(page(), "Service user")
    assert 'value="down"' not in row(page(), "Developer")

    assert "“Developer” is moved." in page("developer/move/", {"way": "up"}).content.decode()
    page("service_user/move/", {"way": "down"})

    assert names(page.event) == ["Head of service", "Service user", "Developer", "Policy expert"]


def test_the_page_offers_to_remove_only_a_kind_that_nothing_hangs_on_and_says_why_not(page, fatima):
    SignUpFactory(event=page.event, kind=kind_of(page.event, "developer"))
    add_pool(page.event, by=fatima, name="experts", places=2, participant_kinds=[kind_of(page.event, "policy_expert")])

    listed = page()

    assert "/remove/" in row(listed, "Service user")
    for name, why in (("Developer", "1 sign-up · needed"), ("Policy expert", "places kept for experts")):
        assert why in row(listed, name)
        assert "/remove/" not in row(listed, name)
    assert "can be called something else but not be removed" in listed.content.decode()
    assert "Places are kept for experts. Give them up first" in page("policy_expert/remove/", {}).content.decode()
    assert names(page.event) == FOUR


def test_the_form_of_another_name_says_whom_it_reaches(page):
    SignUpFactory(event=page.event, kind=kind_of(page.event, "developer"))

    assert (
        "1 person has signed up as Developer, and will be called by the new name."
        in page("developer/").content.decode()
    )


def test_a_kind_removed_meanwhile_says_so_and_keeps_the_name_that_was_typed(page):
    page("developer/remove/", {})

    answer = page("developer/", {"name": "Engineer"})
    assert answer.status_code == 409
    assert 'value="Engineer"' in answer.content.decode()
    for rest in ("developer/move/", "developer/remove/"):
        assert "This kind of people was removed in the meantime." in page(rest, {}).content.decode()
    assert page("developer/").redirect_chain


def test_the_page_adds_changes_and_removes_a_kind(fatima, signed_in):
    event = EventFactory()
    client = signed_in(fatima)
    page = reverse("events:kinds", args=[event.slug])

    assert client.post(page, {"name": ""}).status_code == 422
    client.post(page, {"name": "Carer", "is_needed": "on"})
    client.post(f"{page}carer/", {"name": "Family carer"})
    assert [(kind.name, kind.is_needed) for kind in event.participant_kinds.all()] == [("Family carer", False)]
    client.post(f"{page}carer/remove/")
    assert names(event) == []
