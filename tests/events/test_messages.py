"""Messages: mails with their calendar entry, reminders once each, access needs erased in time."""

import datetime as dt

import pytest
from django.core import mail
from icalendar import Calendar

from audit.models import AuditEvent
from core import clock
from core.schedules import discover
from events.models import SignUp
from events.places import tasks
from events.places.operations import cancel_sign_up, erase_access_needs, send_reminders, sign_up
from events.programme.operations import cancel_event
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = pytest.mark.django_db


def calendar_of(message):
    return Calendar.from_ical(next(content for name, content, _ in message.attachments if name == "event.ics"))


def test_a_place_is_confirmed_with_its_calendar_entry_and_its_page(amina):
    place = sign_up(EventFactory(title="Skills day"), by=amina)

    tasks.email_confirmation.func(place.pk)

    (message,) = mail.outbox
    assert (message.to, message.subject) == ([amina.email], "You have a place: Skills day")
    assert place.get_absolute_url() in message.body
    assert calendar_of(message).walk("VEVENT")[0]["SUMMARY"] == "Skills day"


def test_who_waits_reads_their_number_and_gets_no_calendar_entry(amina):
    event = EventFactory(capacity=1)
    sign_up(event, by=UserFactory())
    place = sign_up(event, by=amina)

    tasks.email_confirmation.func(place.pk)

    (message,) = mail.outbox
    assert "You are number 1 on the waiting list" in message.body
    assert message.attachments == []


def test_promotion_and_cancellation_are_told(amina, ben):
    event = EventFactory(capacity=1)
    first, second = sign_up(event, by=amina), sign_up(event, by=ben)

    cancel_sign_up(first, by=amina)
    tasks.email_cancellation.func(first.pk)
    tasks.email_promotion.func(second.pk)

    assert [(m.to[0], m.subject.partition(":")[0]) for m in mail.outbox] == [
        (amina.email, "You are no longer signed up"),
        (ben.email, "A place has come free for you"),
    ]


def test_who_gives_a_place_back_gets_the_entry_that_takes_it_out_of_their_calendar(amina):
    event = EventFactory()
    place = sign_up(event, by=amina)
    tasks.email_confirmation.func(place.pk)
    cancel_sign_up(place, by=amina)
    tasks.email_cancellation.func(place.pk)
    tasks.email_confirmation.func(sign_up(event, by=amina).pk)

    taken, given_back, taken_again = [calendar_of(message) for message in mail.outbox]
    (first,), (off,), (again,) = [entry.walk("VEVENT") for entry in (taken, given_back, taken_again)]
    assert (given_back["METHOD"], off["STATUS"], off["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert "Cancelled:" not in off["DESCRIPTION"]
    # Of two entries with one number the later one counts: signing up again brings it back.
    assert (again["STATUS"], again["SEQUENCE"]) == ("CONFIRMED", off["SEQUENCE"])
    assert first["DTSTAMP"].dt <= off["DTSTAMP"].dt <= again["DTSTAMP"].dt


def test_every_letter_says_when_as_a_span_where_and_where_to_read_more(amina, ben, fatima):
    event = EventFactory(
        capacity=1,
        venue="Leeds",
        starts_at=dt.datetime(2099, 7, 6, 9, tzinfo=dt.UTC),
        ends_at=dt.datetime(2099, 7, 7, 15, tzinfo=dt.UTC),
    )
    place, waiting = sign_up(event, by=amina), sign_up(event, by=ben)
    letters_due = [
        (tasks.email_confirmation, place),
        (tasks.email_confirmation, waiting),
        (tasks.email_reminder, place),
    ]
    letters_due += [(tasks.email_event_changed, place), (tasks.email_event_changed, waiting)]
    for task, about in letters_due:
        task.func(about.pk)
    cancel_sign_up(place, by=amina)
    for task, about in ((tasks.email_cancellation, place), (tasks.email_promotion, waiting)):
        task.func(about.pk)
    tasks.email_release.func(place.pk)

    assert len(mail.outbox) == 8
    for message in mail.outbox:
        assert "When: Monday 6 July 2099, 10:00 to Tuesday 7 July 2099, 16:00 (UK time)" in message.body
        assert "Where: Leeds" in message.body
        assert event.get_absolute_url() in message.body
    with_entry = [bool(message.attachments) for message in mail.outbox]
    assert with_entry == [True, False, True, True, False, True, True, False]
    cancel_event(event, by=fatima, reason="The venue flooded.")
    tasks.email_event_cancelled.func(waiting.pk)
    assert "10:00 to Tuesday 7 July 2099, 16:00" in mail.outbox[-1].body


def test_a_letter_that_events_have_overtaken_is_not_sent(amina):
    place = sign_up(EventFactory(), by=amina)
    cancel_sign_up(place, by=amina)

    tasks.email_confirmation.func(place.pk)
    tasks.email_promotion.func(place.pk)
    tasks.email_confirmation.func(999_999)

    assert mail.outbox == []


def test_everyone_signed_up_hears_that_an_event_is_off(fatima):
    event = EventFactory(capacity=1)
    there, waiting = SignUpFactory(event=event), SignUpFactory(event=event, status=SignUp.Status.WAITING)
    gone = SignUpFactory(event=event, status=SignUp.Status.CANCELLED)
    cancel_event(event, by=fatima, reason="The venue flooded.")

    tasks.tell_everyone_of_cancelled_event.func(event.pk)
    assert letters("email_event_cancelled") == [there.pk, waiting.pk]
    tasks.email_event_cancelled.func(there.pk)

    (message,) = mail.outbox
    assert "The venue flooded." in message.body
    entry = calendar_of(message)
    assert (entry["METHOD"], entry.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert gone.pk not in letters()


def test_a_title_cannot_write_headers(amina):
    place = sign_up(EventFactory(title="Day\r\nBcc: everyone@example.org"), by=amina)

    tasks.email_confirmation.func(place.pk)

    (message,) = mail.outbox
    assert message.recipients() == [amina.email]
    assert "\n" not in message.subject


def remind(event, before):
    with clock.at(event.starts_at - before):
        return send_reminders()


@pytest.fixture
def booked():
    """Someone who signed up a month before."""
    event = EventFactory(starts_at=clock.now() + dt.timedelta(days=30))
    return SignUpFactory(event=event, signed_up_at=clock.now())


def test_reminders_go_out_a_week_and_a_day_before_each_once(booked):
    assert remind(booked.event, dt.timedelta(days=8)) == 0
    assert [remind(booked.event, dt.timedelta(days=days)) for days in (7, 6, 2)] == [1, 0, 0]
    assert [remind(booked.event, dt.timedelta(hours=hours)) for hours in (24, 23, 1)] == [1, 0, 0]

    assert letters("email_reminder") == [booked.pk, booked.pk]


def test_a_late_start_of_the_schedule_sends_one_reminder_not_two(booked):
    assert remind(booked.event, dt.timedelta(hours=20)) == 1
    assert remind(booked.event, dt.timedelta(hours=19)) == 0


@pytest.mark.parametrize("status", ["waiting", "cancelled"])
def test_only_those_with_a_place_are_reminded(status):
    event = EventFactory(starts_at=clock.now() + dt.timedelta(days=30))
    SignUpFactory(event=event, status=status, signed_up_at=clock.now())

    assert remind(event, dt.timedelta(hours=20)) == 0


def test_who_signs_up_on_the_eve_needs_no_reminder():
    event = EventFactory(starts_at=clock.now() + dt.timedelta(hours=20))
    SignUpFactory(event=event)

    assert send_reminders() == 0


def test_nobody_is_reminded_of_a_cancelled_event_or_of_history(booked, fatima):
    cancel_event(booked.event, by=fatima, reason="The venue flooded.")
    assert remind(booked.event, dt.timedelta(hours=20)) == 0

    history = EventFactory(starts_at=dt.datetime(2014, 5, 14, 10, tzinfo=dt.UTC))
    SignUpFactory(event=history, signed_up_at=history.starts_at - dt.timedelta(days=30))
    assert remind(history, dt.timedelta(hours=20)) == 0


def test_what_people_said_they_need_is_forgotten_after_two_weeks():
    over = SignUpFactory(event=EventFactory(ended=True), access_needs="A hearing loop")
    recent = SignUpFactory(event=EventFactory(started=True), access_needs="A diet")
    history = EventFactory(starts_at=dt.datetime(2014, 5, 14, 10, tzinfo=dt.UTC))
    of_history = SignUpFactory(event=history, access_needs="Step-free")

    assert erase_access_needs() == 1
    assert erase_access_needs() == 0

    assert [SignUp.objects.get(pk=place.pk).access_needs for place in (over, recent, of_history)] == [
        "",
        "A diet",
        "Step-free",
    ]
    assert AuditEvent.objects.filter(action="events.erased_access_needs", by=None).count() == 1


def test_both_run_by_themselves():
    names = discover()

    assert "events.schedules.remind_of_events" in names
    assert "events.schedules.erase_access_needs" in names
