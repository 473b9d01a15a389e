"""Through a mail server that fails in every way and workers that are killed, each message arrives.

It comes twice only after a try of which nobody knows whether it succeeded, and those tries are counted.
"""

import datetime as dt
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from outbox import delivery, sender
from outbox.delivery import deliver_due, take_back
from outbox.models import Message
from outbox.operations import queue_message
from outbox.sender import Sender
from tests.factories.accounts import UserFactory
from tests.outbox.kinds_for_tests import NOTICE

# How many of a hundred messages meet the server in which mood.
MOODS = {
    "later": 10,
    "closing": 5,
    "full": 5,
    "no relay": 5,
    "blocked": 5,
    "breaks": 8,
    "breaks after it": 10,
    "hangs": 2,
    "hangs after it": 2,
}
KILLS = 10


@pytest.fixture
def in_haste(monkeypatch):
    """Waits of hundredths of seconds instead of minutes."""
    monkeypatch.setattr(delivery, "FIRST_WAIT", dt.timedelta(milliseconds=20))
    monkeypatch.setattr(delivery, "LONGEST_WAIT", dt.timedelta(milliseconds=100))
    monkeypatch.setattr(sender, "SHORTEST_REST", 0.01)
    monkeypatch.setattr(sender, "LONGEST_REST", 0.05)


@contextmanager
def a_worker() -> Iterator[None]:
    """A process that sends, until it is killed at the end of the block."""
    connection.close()
    if (child := os.fork()) == 0:
        connections[DEFAULT_DB_ALIAS].connection = None
        try:
            Sender("doomed", interval=0.02).run()
        finally:
            os._exit(1)
    try:
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def comes_true(fact: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not (is_true := fact()) and time.monotonic() < deadline:
        time.sleep(0.001)
    return is_true


@pytest.mark.django_db(transaction=True)
def test_no_message_is_lost_and_none_comes_twice_but_after_an_unsure_try(mail_server, in_haste):
    most = 100 if connection.vendor == "postgresql" else 40
    moods = [mood for mood, times in MOODS.items() for _ in range(times * most // 100)]
    moods += ["takes"] * (most - len(moods))
    random.Random(31).shuffle(moods)
    server = mail_server(*moods)
    people = UserFactory.create_batch(most)
    queue_message(NOTICE, people[0], to=people)

    for number, after in enumerate(range(most // (KILLS + 1), most, most // (KILLS + 1))):
        if is_refusing := number % 3 == 1:
            server.refuse()
        with a_worker():
            if is_refusing:
                assert comes_true(lambda: Message.objects.filter(refusal__startswith="ConnectionRefused").exists())
                server.listen()
            assert comes_true(lambda least=after: sum(server.taken.values()) >= least), "it sends no longer"
    take_back("doomed")
    deadline = time.monotonic() + 20
    while Message.objects.exclude(state=Message.State.SENT).exists():
        assert time.monotonic() < deadline, list(Message.objects.values_list("state", "tries", "refusal").distinct())
        deliver_due("doomed")
        time.sleep(0.01)

    twice = {message: server.taken[message.message_id] - 1 for message in Message.objects.all()}
    assert min(twice.values()) >= 0, "lost"
    assert [message for message, times in twice.items() if times > message.unsure] == []
    assert sum(message.unsure for message in twice) >= KILLS / 2, "the server was not bad enough"
