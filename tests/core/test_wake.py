"""The worker is woken when there is work, whichever process asks, and misses no call that comes while it works."""

import os
import threading
import time

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from core import wake as waking
from core.wake import Calls, wake

pytestmark = pytest.mark.sql

LONG = 20  # seconds: nobody waits so long who is woken
SOON = 10


@pytest.fixture
def calls(db):
    """What a worker hears that listens already. It hangs up afterwards, or the database could not be removed."""
    calls = Calls()
    if connection.vendor == "postgresql":
        calls.wait(LONG)  # begins to listen, and looks once more
    yield calls
    calls.hang_up()


@pytest.fixture(autouse=True)
def has_not_called_lately(monkeypatch):
    """As if this process had made no call a moment ago, and makes as many as it is asked for."""
    monkeypatch.setattr(waking, "_AT_MOST_EVERY", 0.0)


def woken_within(calls: Calls) -> float:
    began = time.monotonic()
    calls.wait(LONG)
    return time.monotonic() - began


@pytest.mark.django_db(transaction=True)
def test_a_call_wakes_a_worker_that_waits_and_one_that_was_busy(calls):
    wake()
    assert woken_within(calls) < SOON

    caller = threading.Timer(0.2, _wake_from_elsewhere)
    caller.start()
    assert woken_within(calls) < SOON
    caller.join()

    began = time.monotonic()
    calls.wait(0.3)
    assert time.monotonic() - began >= 0.3  # no call is heard twice


def _wake_from_elsewhere() -> None:
    wake()
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_what_was_rolled_back(calls):
    with transaction.atomic():
        wake()
        transaction.set_rollback(True)

    began = time.monotonic()
    calls.wait(0.3)
    assert time.monotonic() - began >= 0.3


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_line_broke_listens_again(calls):
    calls._listening.close()

    calls.wait(0.1)
    calls.wait(LONG)
    wake()

    assert woken_within(calls) < SOON


@pytest.mark.django_db(transaction=True)
def test_another_process_wakes_it(calls):
    if (child := os.fork()) == 0:
        connections[DEFAULT_DB_ALIAS].connection = None  # the parent's own
        wake()
        os._exit(0)
    os.waitpid(child, 0)

    assert woken_within(calls) < SOON


@pytest.mark.django_db
def test_however_often_a_change_calls_the_workers_are_woken_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls_after_it:
        for _ in range(3):
            wake()

    assert len(calls_after_it) == 1


@pytest.mark.django_db(transaction=True)
def test_in_a_rush_a_process_calls_once_in_a_while(calls, monkeypatch):
    monkeypatch.setattr(waking, "_AT_MOST_EVERY", 3600.0)
    monkeypatch.setattr(waking._Caller, "last", -3600.0)
    wake()
    assert woken_within(calls) < SOON

    wake()

    began = time.monotonic()
    calls.wait(0.3)
    assert time.monotonic() - began >= 0.3
