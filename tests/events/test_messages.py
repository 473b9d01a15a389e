"""Messages: mails with their calendar entry, reminders once each, access needs erased in time."""

import datetime as dt

import pytest
from icalendar import Calendar

from accounts.models import User
from audit.models import AuditEvent
from core import clock
from core.schedules import discover
from events.models import Event, SignUp
from events.places import emails
from events.places.operations import (
    accept_offer,
    around_the_day,
    cancel_sign_up,
    erase_access_needs,
    offer_place,
    send_reminders,
    sign_up,
)
from events.programme.operations import cancel_event, change_event, set_capacity
from outbox.operations import queue_message
from tests.events.letters import letters
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = pytest.mark.django_db


def calendar_of(message):
    return Calendar.from_ical(next(content for name, content, _ in message.attachments if name == "event.ics"))


def test_a_place_is_confirmed_with_its_calendar_entry_and_its_page(amina, deliver):
    place = sign_up(EventFactory(title="Skills day"), by=amina)

    (message,) = deliver()
    assert (message.to, message.subject) == ([amina.email], f"You have a place: Skills day, {place.event.days}")
    assert place.get_absolute_url() in message.body
    assert calendar_of(message).walk("VEVENT")[0]["SUMMARY"] == "Skills day"
    [entry] = [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]
    assert entry["Content-Type"].count("charset") == 1


def test_who_waits_reads_their_number_and_gets_no_calendar_entry(amina, deliver):
    event = EventFactory(capacity=1)
    sign_up(event, by=UserFactory())
    sign_up(event, by=amina)

    _, message = deliver()
    assert "You are number 1 on the waiting list" in message.body
    assert message.attachments == []


def test_promotion_and_cancellation_are_told(amina, ben, deliver):
    event = EventFactory(capacity=1)
    first, _ = sign_up(event, by=amina), sign_up(event, by=ben)
    deliver()

    cancel_sign_up(first, by=amina)

    assert {(m.to[0], m.subject.partition(":")[0]) for m in deliver()} == {
        (amina.email, "You are no longer signed up"),
        (ben.email, "A place has come free for you"),
    }


def test_who_gives_a_place_back_gets_the_entry_that_takes_it_out_of_their_calendar(amina, deliver, mailoutbox):
    event = EventFactory()
    place = sign_up(event, by=amina)
    deliver()
    cancel_sign_up(place, by=amina)
    deliver()
    sign_up(event, by=amina)
    deliver()

    taken, given_back, taken_again = [calendar_of(message) for message in mailoutbox]
    (first,), (off,), (again,) = [entry.walk("VEVENT") for entry in (taken, given_back, taken_again)]
    assert (given_back["METHOD"], off["STATUS"], off["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert "Cancelled:" not in off["DESCRIPTION"]
    # The number rises each time: calendars leave out what does not count further than what they have.
    assert [entry["SEQUENCE"] for entry in (first, off, again)] == [0, 1, 2]
    assert again["STATUS"] == "CONFIRMED"
    assert [entry["METHOD"] for entry in (taken, given_back, taken_again)] == ["REQUEST", "CANCEL", "REQUEST"]
    for entry in (first, off, again):
        assert entry["ORGANIZER"].startswith("mailto:")
        assert entry["ATTENDEE"] == f"mailto:{amina.email}"
    assert first["DTSTAMP"].dt <= off["DTSTAMP"].dt <= again["DTSTAMP"].dt


def test_nobody_is_told_to_take_an_entry_out_of_their_calendar_that_they_never_got(amina, ben, carlos, fatima, deliver):
    event = EventFactory(capacity=1)
    for person in (amina, ben, carlos):
        sign_up(event, by=person)
    deliver()
    cancel_sign_up(event.sign_ups.get(person=ben), by=ben)

    (left,) = deliver()
    assert left.subject.startswith("You have left the waiting list")
    cancel_event(event, by=fatima, reason="Snow.")
    told = {message.to[0]: message for message in deliver()}
    assert "takes it out of your calendar" in told[amina.email].body
    for message in (left, told[carlos.email]):
        assert "calendar" not in message.body
        assert message.attachments == []


def test_who_goes_back_to_the_waiting_list_gets_the_entry_that_counts_and_who_was_only_offered_a_place_gets_none(
    amina, ben, fatima, deliver
):
    event = EventFactory(capacity=3)
    SignUpFactory(event=event)
    SignUpFactory(event=event, person=ben, status="offered")
    sign_up(Event.objects.get(pk=event.pk), by=amina)
    taken = deliver()
    set_capacity(event, by=fatima, capacity=1, those_over="move_back")
    moved_back = deliver()
    set_capacity(event, by=fatima, capacity=3)
    given_again = deliver()

    (to_ben,) = [mail for mail in moved_back if mail.to == [ben.email]]
    assert "the place that was offered to you is none any more" in to_ben.body
    assert to_ben.attachments == []
    to_amina = [mail for mail in (*taken, *moved_back, *given_again) if mail.to == [amina.email]]
    assert [calendar_of(mail)["METHOD"] for mail in to_amina] == ["REQUEST", "CANCEL", "REQUEST"]
    numbers = [calendar_of(mail).walk("VEVENT")[0]["SEQUENCE"] for mail in to_amina]
    assert numbers == sorted(set(numbers)), "calendars leave out what does not count further"


@pytest.mark.parametrize(("days", "said"), [(0, "Today"), (1, "Tomorrow"), (3, "In 3 days"), (7, "In a week")])
def test_a_reminder_says_how_near_the_day_is_when_it_is_sent(amina, on_day, days, said):
    with on_day(2030, 5, 10, 9):
        starts = clock.now() + dt.timedelta(days=days, hours=3)
        place = SignUpFactory(person=amina, event__starts_at=starts, event__ends_at=starts + dt.timedelta(hours=2))
        assert emails.reminder(place, amina).context["how_near"] == said


def test_every_letter_says_when_as_a_span_where_and_where_to_read_more(amina, ben, fatima, deliver, mailoutbox):
    event = EventFactory(
        capacity=1,
        venue="Leeds",
        starts_at=dt.datetime(2099, 7, 6, 9, tzinfo=dt.UTC),
        ends_at=dt.datetime(2099, 7, 7, 15, tzinfo=dt.UTC),
    )
    place, waiting = sign_up(event, by=amina), sign_up(event, by=ben)
    queue_message(emails.reminder, place, to=amina)
    queue_message(emails.event_changed, event, to=[amina, ben])
    deliver()
    cancel_sign_up(place, by=amina)
    queue_message(emails.release, place, to=amina)
    deliver()

    assert len(mailoutbox) == 8
    for message in mailoutbox:
        assert "When: Monday 6 July 2099, 10:00 to Tuesday 7 July 2099, 16:00 (UK time)" in message.body
        assert "Where: Leeds" in message.body
        assert event.get_absolute_url() in message.body
    without = {message.subject.partition(":")[0] for message in mailoutbox if not message.attachments}
    assert without == {"You are on the waiting list", "Changed time or place", "Your place has been released"}
    assert sum(bool(message.attachments) for message in mailoutbox) == 5
    cancel_event(event, by=fatima, reason="The venue flooded.")
    (message,) = deliver()
    assert message.to == [waiting.person.email]
    assert "10:00 to Tuesday 7 July 2099, 16:00" in message.body


def test_a_letter_that_events_have_overtaken_is_not_sent(amina, ben, fatima, deliver):
    given_back, called_off = sign_up(EventFactory(), by=amina), sign_up(EventFactory(), by=ben)
    deliver()
    queue_message(emails.confirmation, given_back, to=amina)
    queue_message(emails.promotion, given_back, to=amina)
    queue_message(emails.reminder, called_off, to=ben)
    queue_message(emails.event_changed, called_off.event, to=ben)
    cancel_sign_up(given_back, by=amina)
    cancel_event(called_off.event, by=fatima, reason="Snow.")

    subjects = [message.subject.partition(":")[0] for message in deliver()]

    assert sorted(subjects) == ["Cancelled", "You are no longer signed up"]


def test_a_confirmation_does_not_reach_whoever_has_passed_the_place_on_meanwhile(amina, ben, deliver):
    place = sign_up(EventFactory(), by=amina)
    accept_offer(offer_place(place, to_email=ben.email, by=amina), by=ben)

    subjects = {(message.to[0], message.subject.partition(":")[0]) for message in deliver()}

    assert subjects == {(ben.email, "You have a place"), (amina.email, "Ben Okoro has accepted your place")}


def test_everyone_signed_up_hears_that_an_event_is_off(fatima, deliver):
    event = EventFactory(capacity=1)
    there, waiting = SignUpFactory(event=event), SignUpFactory(event=event, status=SignUp.Status.WAITING)
    SignUpFactory(event=event, status=SignUp.Status.CANCELLED)
    cancel_event(event, by=fatima, reason="The venue flooded.")

    messages = deliver()

    assert [message.to[0] for message in messages] == [there.person.email, waiting.person.email]
    assert all("The venue flooded." in message.body for message in messages)
    entry = calendar_of(messages[0])
    assert (entry["METHOD"], entry.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")


def test_however_many_are_signed_up_a_change_asks_for_their_letters_in_one_statement(fatima, asked):
    def statements(people):
        event = EventFactory(capacity=30)
        SignUpFactory.create_batch(people, event=event)
        with asked() as told:
            change_event(event, by=fatima, venue="York", reason="A bigger room.")
        return len(told)

    statements(1)
    assert statements(20) == statements(2)


def test_a_title_cannot_write_headers(amina, deliver):
    sign_up(EventFactory(title="Day\r\nBcc: everyone@example.org"), by=amina)

    (message,) = deliver()
    assert message.recipients() == [amina.email]
    assert "\n" not in message.subject


def test_nobody_is_written_to_about_an_event_of_the_record_whoever_changes_it(amina, fatima, on_day, mail_at_any_time):
    told = EventFactory(starts_at=dt.datetime(2014, 5, 14, 10, tzinfo=dt.UTC))
    with on_day(2014, 4, 1):
        place = sign_up(told, by=amina)
        change_event(told, by=fatima, venue="York", reason="A bigger room.")
        offer_place(place, to_email="colleague@example.org", by=amina)
        cancel_sign_up(sign_up(told, by=fatima), by=fatima)
        cancel_event(told, by=fatima, reason="Snow.")
    queue_message(emails.reminder, place, to=amina)

    assert letters() == []


def remind(event, before):
    with clock.at(event.starts_at - before):
        return send_reminders()


@pytest.fixture
def booked(mail_at_any_time):
    """Someone who signed up a month before."""
    event = EventFactory(starts_at=clock.now() + dt.timedelta(days=30))
    return SignUpFactory(event=event, signed_up_at=clock.now())


def test_reminders_go_out_a_week_and_a_day_before_each_once(booked):
    assert remind(booked.event, dt.timedelta(days=8)) == 0
    assert [remind(booked.event, dt.timedelta(days=days)) for days in (7, 6, 2)] == [1, 0, 0]
    assert [remind(booked.event, dt.timedelta(hours=hours)) for hours in (24, 23, 1)] == [1, 0, 0]

    assert letters("reminder") == [booked.pk, booked.pk]


def test_a_reminder_that_is_asked_for_twice_is_sent_once(booked):
    remind(booked.event, dt.timedelta(hours=24))
    SignUp.objects.update(last_reminder="")  # as if the mark had been lost

    remind(booked.event, dt.timedelta(hours=23))

    assert letters("reminder") == [booked.pk]


def test_a_late_start_of_the_schedule_sends_one_reminder_not_two(booked):
    assert remind(booked.event, dt.timedelta(hours=20)) == 1
    assert remind(booked.event, dt.timedelta(hours=19)) == 0


def test_a_place_passed_on_as_the_reminders_go_out_is_marked_as_reminded_for_nobody(booked):
    SignUp.objects.update(person=UserFactory())

    assert not around_the_day._remind(booked, SignUp.Reminder.DAY)

    assert (SignUp.objects.get().last_reminder, letters("reminder")) == ("", [])


def test_a_reminder_is_of_one_place_once_and_of_none_from_the_start_on(booked):
    other = SignUpFactory(person=booked.person)
    assert remind(booked.event, dt.timedelta()) == 0

    assert [around_the_day._remind(booked, SignUp.Reminder.DAY) for _ in range(2)] == [True, False]

    other.refresh_from_db()
    assert other.last_reminder == ""


def test_whoever_has_closed_their_account_is_reminded_of_nothing(booked):
    User.objects.filter(pk=booked.person_id).update(is_active=False)

    assert remind(booked.event, dt.timedelta(hours=20)) == 0


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
