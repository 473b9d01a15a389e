"""A message is a row of the transaction that asks for it, once for each reader and occasion."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core import clock
from outbox import kinds
from outbox.kinds import MessageKind
from outbox.models import Message, Pace
from outbox.operations import queue_message, queue_written
from tests.factories.accounts import UserFactory
from tests.outbox.kinds_for_tests import CODE, NOTICE

pytestmark = pytest.mark.django_db
State = Message.State


def test_a_message_asked_for_in_a_change_that_is_rolled_back_never_was(amina):
    with transaction.atomic():
        queue_message(NOTICE, amina, to=amina)
        transaction.set_rollback(True)

    assert not Message.objects.exists()


@pytest.mark.parametrize("readers", [1, 50])
def test_asking_costs_two_queries_however_many_read_it(amina, asked, readers):
    people = UserFactory.create_batch(readers)

    with asked() as statements:
        queue_message(NOTICE, amina, to=people)

    assert len(statements) <= 2, statements
    assert Message.objects.count() == readers


def test_for_one_occasion_each_reader_is_written_to_once(amina, ben, deliver):
    for _ in range(2):
        queue_message(NOTICE, amina, to=[amina, ben, ben, "ada@example.org", "Ada@Example.org"], key="2026")

    assert sorted(mail.to[0] for mail in deliver()) == sorted([amina.email, ben.email, "ada@example.org"])
    queue_message(NOTICE, amina, to=ben, key="2027")
    queue_message(NOTICE, ben, to=ben, key="2026")
    assert [mail.to for mail in deliver()] == [[ben.email], [ben.email]]


def test_without_an_occasion_of_its_own_a_message_is_asked_for_once_a_moment(amina, on_day, mail_at_any_time):
    for hour in (9, 9, 10):
        with on_day(2026, 5, 4, hour):
            queue_message(NOTICE, amina, to=amina)

    assert Message.objects.count() == 2


def test_nothing_is_asked_for_about_a_moment_that_is_past(amina, on_day):
    with on_day(2014, 6, 1):
        queue_message(NOTICE, amina, to=amina)

    assert not Message.objects.exists()


def test_a_message_is_not_sent_before_its_time(amina, on_day, deliver, mail_at_any_time):
    with on_day(2026, 5, 4, 9):
        queue_message(NOTICE, amina, to=amina, not_before=clock.now() + dt.timedelta(hours=2))
    with on_day(2026, 5, 4, 10, 59):
        assert deliver() == []
    with on_day(2026, 5, 4, 11):
        assert [mail.to for mail in deliver()] == [[amina.email]]


def test_what_is_typed_stands_in_the_message_as_it_was_typed(amina, deliver):
    queue_message(NOTICE, amina, to=amina, where="{{ amina.password }} & {% now 'Y' %}")

    [mail] = deliver()
    assert "{{ amina.password }} & {% now 'Y' %}" in mail.subject


@pytest.mark.parametrize(
    "broken",
    [
        {"person": None, "address": ""},
        {"state": State.SENT},
        {"state": State.SENDING},
        {"sent_at": dt.datetime(2026, 2, 1, tzinfo=dt.UTC)},
        {"unsure": 1},
    ],
)
def test_the_database_holds_what_is_always_true_of_a_message(amina, broken):
    with pytest.raises(IntegrityError):
        Message.objects.create(**{"key": "1", "kind": "tests.notice", "person": amina, **broken})


def test_a_kind_that_cannot_be_turned_off_comes_at_once():
    with pytest.raises(AssertionError, match="at once"):
        kinds.register(MessageKind("tests.odd", "Odd", default=Pace.WEEKLY))


def test_a_kind_that_gives_a_right_is_no_choice():
    with pytest.raises(AssertionError, match="at once"):
        kinds.register(MessageKind("tests.odd", "Odd", can_be_turned_off=True, holds_a_right=True))


def test_two_kinds_do_not_share_a_name():
    with pytest.raises(AssertionError, match="Two kinds"):
        kinds.register(MessageKind(NOTICE.name, "Another"))


def test_every_kind_says_to_its_reader_what_it_is():
    assert all(one.title[:1].isupper() and one.title[-1:] != "." for one in kinds.discover().values())


def test_whoever_makes_the_words_hands_them_over(ben, deliver):
    queue_written(CODE, to="old@example.org", person=ben, subject="123456", body="Your code: 123456")

    [mail] = deliver()
    assert (mail.to, mail.subject, mail.body) == (["old@example.org"], "123456", "Your code: 123456")


@pytest.mark.parametrize("nowhere", ["walk-in-1f@no-address.invalid", "Former-7@Erased.INVALID"])
def test_no_message_of_any_kind_is_asked_for_to_who_has_no_address(amina, nowhere, deliver, monkeypatch):
    monkeypatch.setattr(MessageKind, "is_about_history", lambda kind, about: False)  # nothing else keeps one back
    stranger = UserFactory(email=nowhere)
    written = [one for one in kinds.discover().values() if one.write is not None]
    assert len(written) > 30

    for kind in written:
        queue_message(kind, None, to=[stranger, nowhere])
    queue_written(CODE, to=nowhere, subject="Your code", body="123", person=stranger)
    assert not Message.objects.exists()

    queue_message(NOTICE, amina, to=[stranger, amina])
    assert [message.person for message in Message.objects.all()] == [amina], "the control"
    Message.objects.update(person=stranger)  # asked for by an earlier release, or before the account was emptied
    assert deliver() == []
    assert Message.objects.get().state == State.NOT_NEEDED
