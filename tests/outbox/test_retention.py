"""The words of a message are kept for a month, the row of one that was sent for a year."""

import datetime as dt

import pytest

from core import clock
from outbox.models import Message, PausedAddress
from outbox.schedules import forget_old_messages
from tests.factories.outbox import MessageFactory

pytestmark = pytest.mark.django_db
State = Message.State


def days_ago(number: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=number)


def tried(days: int, state: str) -> Message:
    """A message that could be sent first so many days ago."""
    sent_at = days_ago(days) if state == State.SENT else None
    return MessageFactory(state=state, sent_at=sent_at, not_before=days_ago(days), details={"by": 1})


def sent(days: int) -> Message:
    return tried(days, State.SENT)


@pytest.mark.parametrize("state", [State.SENT, State.FAILED])
def test_after_a_month_the_words_are_gone_and_what_became_of_it_is_known(state):
    old, young = tried(31, state), tried(29, state)

    forget_old_messages()

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, old.subject, old.body, old.details) == (state, "", "", {})
    assert young.body
    assert young.details


@pytest.mark.parametrize("state", [State.NOT_NEEDED, State.TURNED_OFF, State.HELD])
def test_what_was_never_sent_is_gone_after_a_month(state):
    kept = MessageFactory(state=state, not_before=days_ago(29))
    MessageFactory(state=state, not_before=days_ago(31))

    forget_old_messages()

    assert list(Message.objects.all()) == [kept]


def test_after_a_year_nobody_knows_that_it_was_sent():
    kept = sent(364)
    sent(366)

    forget_old_messages()

    assert list(Message.objects.all()) == [kept]


def test_what_still_waits_keeps_its_words():
    waiting = MessageFactory(not_before=days_ago(31))

    forget_old_messages()

    waiting.refresh_from_db()
    assert waiting.body


def test_a_paused_address_that_was_erased_leaves_no_row(amina):
    PausedAddress.objects.create(address="[removed]")
    PausedAddress.objects.create(address="[removed]")
    kept = PausedAddress.objects.create(address=amina.email)

    forget_old_messages()

    assert list(PausedAddress.objects.all()) == [kept]
