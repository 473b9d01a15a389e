"""After the day those who came are thanked once, and reminded of feedback once, on the next morning."""

import datetime as dt

import pytest
from django.utils import timezone

from core import clock
from events.feedback import operations
from events.feedback.operations import give_feedback, open_feedback, remind_of_feedback, thank_those_who_came
from events.models import Event, SignUp
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import NeedFactory, PrototypeFactory
from tests.factories.voting import checked_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time")]

DAY = timezone.make_aware(dt.datetime(2026, 9, 14, 10))
EVENING, NIGHT, MORNING = DAY.replace(hour=17), DAY.replace(hour=23), DAY.replace(day=15, hour=9)


@pytest.fixture
def day():
    """A day with three who came, one of whom gave feedback, one who stayed away and one who waited."""
    event = EventFactory(starts_at=DAY, title="On bins")
    with clock.at(DAY.replace(hour=12)):
        given, *_ = (checked_in(event, UserFactory(email=f"{name}@example.org")) for name in ("ann", "bob", "cat"))
        SignUpFactory(event=event)
        SignUpFactory(event=event, status=SignUp.Status.WAITING)
        open_feedback()
        event.refresh_from_db()
        give_feedback(event, answers={"would_recommend": True}, place_reference=given.reference)
    return event


def to(mails):
    return sorted(address.partition("@")[0] for mail in mails for address in mail.to)


def test_those_who_came_are_thanked_once_with_what_came_out_and_nobody_else_is(day, deliver):
    day.prototypes.add(PrototypeFactory(title="Bin days by text"))
    day.needs.add(NeedFactory(title="Know the bin day"))
    with clock.at(EVENING):
        assert thank_those_who_came() == 1
        assert thank_those_who_came() == 0
        mails = deliver()

    assert to(mails) == ["ann", "bob", "cat"]
    body = next(mail for mail in mails if mail.to == ["bob@example.org"]).body
    assert "Bin days by text" in body
    assert "Know the bin day" in body
    assert f"/events/{day.slug}/feedback/" in body
    assert f"/events/{day.slug}/saving/" in body


@pytest.mark.parametrize(
    ("deed", "changed"),
    [("_thank", "thanked_at"), ("_thank", "ends_at"), ("_remind", "feedback_asked_at"), ("_remind", "ends_at")],
)
def test_nobody_is_written_to_where_another_worker_was_first_or_the_day_goes_on(day, deliver, deed, changed):
    with clock.at(MORNING):
        Event.objects.filter(pk=day.pk).update(**{changed: clock.now() + dt.timedelta(hours=1)})

        assert not getattr(operations, deed)(day)

        assert deliver() == []


def test_who_gave_feedback_is_thanked_without_being_asked(day, deliver):
    with clock.at(EVENING):
        thank_those_who_came()
        body = next(mail for mail in deliver() if mail.to == ["ann@example.org"]).body

    assert f"/events/{day.slug}/feedback/" not in body


def test_the_next_morning_those_who_gave_none_are_reminded_once(day, deliver):
    for moment in (EVENING, NIGHT, MORNING.replace(hour=8)):
        with clock.at(moment):
            assert remind_of_feedback() == 0
    with clock.at(MORNING):
        assert remind_of_feedback() == 1
        assert remind_of_feedback() == 0
        mails = deliver()

    assert to(mails) == ["bob", "cat"]
    assert "until 28 September 2026" in mails[0].body


def test_a_reminder_that_somebody_answers_before_it_goes_is_not_sent(day, deliver):
    with clock.at(MORNING):
        remind_of_feedback()
        SignUp.objects.filter(person__email="bob@example.org").update(has_given_feedback=True)
        mails = deliver()

    assert to(mails) == ["cat"]
    assert Message.objects.filter(person__email="bob@example.org", state=Message.State.NOT_NEEDED).exists()


@pytest.mark.parametrize("fields", [{"state": Event.State.CANCELLED}, {"ends_at": DAY.replace(day=20)}])
def test_nobody_is_reminded_of_a_day_that_was_cancelled_or_moved_meanwhile(day, deliver, fields):
    with clock.at(MORNING):
        remind_of_feedback()
        Event.objects.filter(pk=day.pk).update(**fields)

        assert deliver() == []


def test_a_day_that_has_long_been_over_is_not_thanked_for(day):
    with clock.at(day.feedback_closes_at):
        assert thank_those_who_came() == 0
        assert remind_of_feedback() == 0
