"""A day that moves says why to those who are signed up; once people are there it stays where it is."""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core.errors import Refused
from events.models import Event, SignUp
from events.programme.operations import change_event
from tests.events.test_programme import TYPED
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=1)


def test_a_move_without_a_reason_is_refused_while_anybody_is_signed_up(fatima):
    event = EventFactory()
    assert change_event(event, by=fatima, venue="York").venue == "York", "nobody is signed up, so nobody asks why"
    SignUpFactory(event=event, status=SignUp.Status.WAITING)

    for moved in (
        {"venue": "Leeds"},
        {"address": "1 High Street"},
        {"starts_at": event.starts_at + LATER, "ends_at": event.ends_at + LATER},
    ):
        with pytest.raises(Refused, match="Say why it moves") as refusal:
            change_event(event, by=fatima, **moved)
        assert refusal.value.field == "reason"
    event.refresh_from_db()
    assert event.venue == "York"


def test_what_is_no_move_and_a_draft_need_no_reason(fatima):
    event = SignUpFactory().event
    change_event(event, by=fatima, title="Better words", join_url="https://meet.example.org/x")
    draft = SignUpFactory(event=EventFactory(state=Event.State.DRAFT)).event

    assert change_event(draft, by=fatima, venue="York").venue == "York"


def test_the_reason_stands_in_the_mail_and_in_the_trail(fatima, deliver):
    place = SignUpFactory()

    change_event(place.event, by=fatima, venue="York", reason="The lift is out of order.")

    [mail] = deliver()
    assert "Why: The lift is out of order." in mail.body
    assert "Before:" not in mail.body
    assert AuditEvent.objects.get(action="events.changed").details["reason"] == "The lift is out of order."


def test_the_mail_of_a_day_that_moves_says_when_it_was(fatima, deliver):
    event = SignUpFactory().event
    was, later = event.when, dt.timedelta(days=7)

    change_event(event, by=fatima, starts_at=event.starts_at + later, ends_at=event.ends_at + later, reason="The hall.")

    [mail] = deliver()
    assert f"Before: {was} (UK time)" in mail.body


def test_a_day_with_people_checked_in_is_not_moved(fatima):
    event = EventFactory(started=True)
    SignUpFactory(event=event, checked_in_at=event.starts_at)

    for moved in ({"venue": "York"}, {"starts_at": event.starts_at + dt.timedelta(minutes=5)}):
        with pytest.raises(Refused, match="1 person is checked in, so this event cannot be moved"):
            change_event(event, by=fatima, reason="Snow.", **moved)
    later = event.ends_at + dt.timedelta(hours=1)
    assert change_event(event, by=fatima, ends_at=later, reason="It runs late.").ends_at == later


def test_of_a_day_that_was_the_place_is_put_right_and_the_time_stays(fatima):
    event = EventFactory(ended=True)
    SignUpFactory(event=event, checked_in_at=event.starts_at)

    assert change_event(event, by=fatima, venue="York").venue == "York"
    with pytest.raises(Refused, match="was checked in"):
        change_event(event, by=fatima, starts_at=event.starts_at + LATER, ends_at=event.ends_at + LATER)


def test_the_form_asks_why_beside_the_field_and_keeps_what_was_typed(signed_in, fatima):
    event, client = SignUpFactory().event, signed_in(fatima)
    sent = TYPED | {"venue": "Kept venue", "revision": str(event.revision)}

    answer = client.post(f"{event.get_absolute_url()}edit/", sent)

    assert answer.status_code == 422
    assert "Say why it moves" in str(answer.context["form"].errors["reason"])
    assert "Kept venue" in words(answer)
    both = client.post(f"{event.get_absolute_url()}edit/", sent | {"title": ""})
    assert {"title", "reason"} <= both.context["form"].errors.keys(), "what is missing is said at once"
    assert client.post(f"{event.get_absolute_url()}edit/", sent | {"reason": "More room."}).status_code == 302
