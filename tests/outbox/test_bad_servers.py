"""Whatever a mail server does, no message is lost, and none goes twice but after a try that is counted as unsure."""

import datetime as dt
import os
import signal

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from core import clock
from outbox import delivery
from outbox.delivery import FIRST_WAIT, GIVEN_UP_AFTER, LONGEST_WAIT, claim, deliver_due, take_back
from outbox.models import Message, PausedAddress
from outbox.operations import queue_message
from outbox.transport import SMTP, Transport
from tests.outbox.kinds_for_tests import NOTICE
from tests.race import all_at_once, slowly

State = Message.State


def later(wait: dt.timedelta):
    """The clock after `wait`, and a second."""
    return clock.at(clock.now() + wait + dt.timedelta(seconds=1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mood", "unsure", "said"),
    [
        ("later", 0, "451 4.7.1 Come again later"),
        ("full", 0, "452 4.3.1 No space left"),
        ("bad sender", 0, "530 5.7.0 Who are you?"),
        ("closing", 0, "421 4.3.2 Closing down"),
        ("hangs", 0, "SMTPServerDisconnected"),
        ("breaks", 0, "SMTPServerDisconnected"),
        ("hangs after it", 1, "SMTPServerDisconnected"),
        ("breaks after it", 1, "SMTPServerDisconnected"),
    ],
)
def test_a_message_that_was_not_acknowledged_goes_again_under_the_same_id(mail_server, amina, mood, unsure, said):
    server = mail_server(mood)
    queue_message(NOTICE, amina, to=amina)

    deliver_due()
    message = Message.objects.get()
    assert (message.state, message.tries, message.unsure) == (State.WAITING, 1, unsure)
    assert message.refusal.startswith(said)
    deliver_due()
    assert message.tries == 1  # its wait is not over

    with later(FIRST_WAIT):
        assert deliver_due()
    message.refresh_from_db()
    assert (message.state, message.tries, message.unsure) == (State.SENT, 2, unsure)
    assert server.taken == {message.message_id: 1 + unsure}


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_asked_for_one_message_and_then_left_alone(no_mail_server, amina, ben):
    queue_message(NOTICE, amina, to=[amina, ben])

    assert not deliver_due()

    assert sorted(Message.objects.values_list("tries", "unsure", "state")) == [
        (0, 0, State.WAITING),
        (1, 0, State.WAITING),
    ]
    assert Message.objects.get(tries=1).refusal.startswith("ConnectionRefusedError")


@pytest.mark.django_db
def test_an_address_that_does_not_exist_gets_nothing_more_and_everybody_else_does(mail_server, amina, ben):
    server = mail_server("no such address")
    queue_message(NOTICE, amina, to=[amina, ben])
    deliver_due()
    queue_message(NOTICE, amina, to=[amina, ben], key="again")
    deliver_due()

    assert list(Message.objects.filter(person=amina).order_by("pk").values_list("state", flat=True)) == [
        State.FAILED,
        State.HELD,
    ]
    assert Message.objects.filter(person=ben, state=State.SENT).count() == sum(server.taken.values()) == 2
    paused = PausedAddress.objects.get()
    assert (paused.address, paused.person, paused.words) == (amina.email, amina, "550 5.1.1 No such user here")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reply",
    [
        "550 5.1.2 Bad destination",
        "553 5.1.3 Bad syntax",
        "551 5.1.6 Moved",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
        "550 No such user here",
        "550 Requested action not taken: mailbox unavailable",
        "551 User not local",
        "553 Mailbox name not allowed",
        "550 Unrouteable address",
    ],
)
def test_an_address_is_paused_by_a_server_that_says_that_it_does_not_exist(mail_server, amina, reply):
    mail_server(f"RCPT: {reply}")
    queue_message(NOTICE, amina, to=amina)
    deliver_due()

    assert Message.objects.get().state == State.FAILED
    assert PausedAddress.objects.get().words == reply


# What a server says of a mailbox that takes nothing now, and of us.
OF_NOW = ["552 5.2.2 Mailbox full", "550 5.2.1 Mailbox disabled", "550 Mailbox full", "553 Not in our list of hosts"]
OF_US = [
    "550 5.7.1 Relaying denied",
    "554 5.7.1 Blocked by a list",
    "554 Blocked",
    "530 5.7.0 Authentication required",
    "503 5.5.1 Error",
    "421 4.7.0 Closing",
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mood", "is_against_us"),
    [(f"RCPT: {reply}", False) for reply in [*OF_NOW, "550 Relaying denied for this address"]]
    + [(f"RCPT: {reply}", True) for reply in OF_US]
    + [("DATA: 554 5.7.1 Blocked", True), ("DATA: 552 5.2.2 Full", False), ("bad sender", True), ("closing", True)],
)
def test_any_other_refusal_waits_and_one_of_us_rests_all_messages(mail_server, amina, ben, mood, is_against_us):
    mail_server(mood)
    queue_message(NOTICE, amina, to=[amina, ben])

    assert deliver_due() is not is_against_us

    first, second = Message.objects.order_by("pk")
    assert (first.state, first.tries, first.unsure) == (State.WAITING, 1, 0)
    assert (second.state, second.tries) == ((State.WAITING, 0) if is_against_us else (State.SENT, 1))
    with later(FIRST_WAIT):
        assert deliver_due()
    assert list(Message.objects.values_list("state", flat=True)) == [State.SENT] * 2
    assert not PausedAddress.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("reply", ["550 5.7.1 Relaying denied", "552 5.2.2 Mailbox full"])
def test_after_two_days_of_such_refusals_a_message_is_given_up_and_its_address_is_not_paused(mail_server, amina, reply):
    mail_server(f"RCPT: {reply}")
    queue_message(NOTICE, amina, to=amina)

    with later(GIVEN_UP_AFTER):
        deliver_due()

    message = Message.objects.get()
    assert (message.state, message.refusal) == (State.FAILED, reply)
    assert not PausedAddress.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [UnicodeError("no such letter"), ZeroDivisionError(), LookupError("charset")])
def test_whatever_goes_wrong_with_one_mail_is_a_refusal_of_that_one(mail_server, amina, ben, monkeypatch, fault):
    mail_server()
    sends = SMTP.send_messages

    def send(way, mails):
        if mails[0].to == [amina.email]:
            raise fault
        return sends(way, mails)

    monkeypatch.setattr(SMTP, "send_messages", send)
    queue_message(NOTICE, amina, to=[amina, ben])

    assert deliver_due()

    found = Message.objects.order_by("pk").values_list("state", "unsure")
    assert list(found) == [(State.FAILED, 0), (State.SENT, 0)]
    assert Message.objects.get(person=amina).refusal.startswith(type(fault).__name__)


@pytest.mark.django_db
def test_whatever_goes_wrong_on_the_way_to_the_server_is_tried_again(mail_server, amina, monkeypatch):
    mail_server()
    monkeypatch.setattr(SMTP, "open", lambda way: 1 / 0)
    queue_message(NOTICE, amina, to=amina)

    assert not deliver_due()
    assert Message.objects.get().state == State.WAITING


@pytest.mark.django_db
def test_words_that_a_server_will_not_have_are_not_sent_again_and_the_address_is_not_paused(mail_server, amina):
    mail_server("bad words")
    queue_message(NOTICE, amina, to=amina)
    deliver_due()

    message = Message.objects.get()
    assert (message.state, message.refusal) == (State.FAILED, "554 5.6.0 We do not like this message")
    assert not PausedAddress.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["ada\n@example.org", "ada@" + "x" * 70 + ".example", "ada@" + "ü" * 60 + ".example"]
)
def test_an_address_that_cannot_be_written_is_given_up_and_holds_up_nobody(mail_server, amina, address):
    server = mail_server()
    queue_message(NOTICE, amina, to=[address, amina])

    assert deliver_due()

    assert Message.objects.get(person=None).state == State.FAILED
    assert Message.objects.get(person=amina).state == State.SENT
    assert sum(server.taken.values()) == 1


@pytest.mark.django_db
def test_the_waits_grow_up_to_four_hours_and_after_two_days_it_is_given_up(mail_server, amina):
    mail_server(*["later"] * 99)
    queue_message(NOTICE, amina, to=amina)
    message, waits, began = Message.objects.get(), [], clock.now()

    while message.state == State.WAITING:
        with clock.at(message.next_try_at):
            deliver_due()
            message.refresh_from_db()
            waits.append(message.next_try_at - clock.now())

    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert max(waits) == LONGEST_WAIT
    assert message.state == State.FAILED
    assert GIVEN_UP_AFTER - LONGEST_WAIT < message.next_try_at - began < GIVEN_UP_AFTER


@pytest.mark.django_db
def test_all_that_is_due_goes_over_one_connection(mail_server, amina, ben, monkeypatch):
    mail_server()
    opened = []
    reaches = Transport.hand_over
    monkeypatch.setattr(
        Transport, "hand_over", lambda way, mail: (reaches(way, mail), opened.append(way._connection.connection))[0]
    )
    queue_message(NOTICE, amina, to=[amina, ben])

    deliver_due()

    assert len(opened) == 2
    assert len(set(opened)) == 1


def claimed_by_six() -> list[Message]:
    return [
        one for one in all_at_once([lambda n=n: claim(f"worker {n}") for n in range(6)]) if isinstance(one, Message)
    ]


@pytest.mark.django_db(transaction=True)
def test_of_six_workers_one_gets_the_message(amina, monkeypatch):
    queue_message(NOTICE, amina, to=amina)
    monkeypatch.setattr(Message, "save", slowly(Message.save))

    assert len(claimed_by_six()) == 1
    assert Message.objects.get().tries == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_several_get_it(guard_off, amina, monkeypatch):
    queue_message(NOTICE, amina, to=amina)
    monkeypatch.setattr(Message, "save", slowly(Message.save))

    assert len(claimed_by_six()) > 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_saying_so_sends_once_more_and_says_that_it_is_unsure(
    mail_server, amina, monkeypatch
):
    server = mail_server()
    queue_message(NOTICE, amina, to=amina)
    monkeypatch.setattr(delivery, "_note", lambda *args: os.kill(os.getpid(), signal.SIGKILL))
    connection.close()
    if (child := os.fork()) == 0:
        connections[DEFAULT_DB_ALIAS].connection = None
        try:
            deliver_due("doomed")
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    monkeypatch.undo()

    take_back("doomed")
    deliver_due("doomed")

    message = Message.objects.get()
    assert (message.state, message.tries, message.unsure) == (State.SENT, 2, 1)
    assert server.taken == {message.message_id: 2}


@pytest.mark.django_db
def test_a_worker_that_was_slow_says_that_it_has_sent_though_another_took_over(amina, mailoutbox, monkeypatch):
    queue_message(NOTICE, amina, to=amina)
    note = delivery._note

    def after_another_has_it(message, *rest):
        Message.objects.filter(pk=message.pk).update(claimed_by="another", claimed_at=clock.now())
        note(message, *rest)

    monkeypatch.setattr(delivery, "_note", after_another_has_it)
    deliver_due()

    assert Message.objects.get().state == State.SENT


@pytest.mark.django_db
def test_a_worker_that_was_slow_to_fail_leaves_the_message_to_the_one_that_took_over(mail_server, amina, monkeypatch):
    mail_server("later")
    queue_message(NOTICE, amina, to=amina)
    note = delivery._note

    def after_another_has_it(message, *rest):
        Message.objects.filter(pk=message.pk).update(claimed_by="another", claimed_at=clock.now())
        note(message, *rest)

    monkeypatch.setattr(delivery, "_note", after_another_has_it)
    deliver_due()

    assert Message.objects.get().state == State.SENDING
