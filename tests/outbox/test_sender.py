"""The worker's own thread sends what is asked for at once, holds up no task, and survives every fault."""

import time

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from core import wake as waking
from core.wake import wake
from outbox import sender
from outbox.models import Message
from outbox.operations import queue_message
from outbox.sender import Sender
from tests.core.jobs_for_tests import stubborn
from tests.outbox.kinds_for_tests import NOTICE

pytestmark = [pytest.mark.sql, pytest.mark.django_db(transaction=True)]
State = Message.State
LONG = 60  # seconds: nobody waits so long who is woken


@pytest.fixture
def sending(monkeypatch):
    """The thread, which looks by itself only once a minute, and is called each time."""
    monkeypatch.setattr(waking, "_AT_MOST_EVERY", 0.0)
    thread = Sender("worker", interval=LONG)
    thread.start()
    yield thread
    thread.stop(patience=0)
    wake()
    thread.join(timeout=20)
    assert not thread.is_alive()


def becomes(state: str) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if Message.objects.filter(state=state).exists():
            return True
        time.sleep(0.02)
    return False


def test_a_message_goes_out_as_soon_as_it_is_asked_for(sending, amina, mailoutbox):
    queue_message(NOTICE, amina, to=amina)

    assert becomes(State.SENT)
    assert [mail.to for mail in mailoutbox] == [[amina.email]]


def test_a_mail_server_that_hangs_holds_up_no_task(mail_server, settings, sending, amina, tmp_path):
    server = mail_server("hangs")
    settings.EMAIL_TIMEOUT = LONG
    queue_message(NOTICE, amina, to=amina)
    assert becomes(State.SENDING)

    stubborn.enqueue(str(tmp_path), succeeds_at=1)
    call_command("db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0, interval=0)

    assert DBTaskResult.objects.get(task_path__contains="stubborn").status == "SUCCESSFUL"
    assert Message.objects.get().state == State.SENDING
    server.wake_up()
    assert becomes(State.SENT)


def test_after_a_fault_it_looks_again(monkeypatch, amina, sending):
    deliver, faults = sender.deliver_due, []

    def stumbles_once(*args, **kwargs):
        if not faults:
            faults.append(1)
            raise OSError("no space left on device")
        return deliver(*args, **kwargs)

    monkeypatch.setattr(sender, "SHORTEST_REST", 0.01)
    monkeypatch.setattr(sender, "deliver_due", stumbles_once)
    queue_message(NOTICE, amina, to=amina)

    assert becomes(State.SENT)
    assert faults
