"""Slow work is never lost: a failing task is tried again with growing waits, a dead worker's tasks run once more."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import clock, jobs
from core.jobs import LOST_AFTER, SILENT_AFTER, take_back_lost_tasks
from portal.management.commands import worker
from portal.models import Worker
from portal.schedules import take_back_tasks_of_dead_workers
from portal.status import timekeeper
from portal.status.operations import note_alive
from portal.status.timekeeper import Timekeeper
from tests.core.jobs_for_tests import slow_once, stubborn
from tests.locks import locks_before_writing

pytestmark = pytest.mark.sql


def ours():
    """The tasks of these tests; restoring the reference data queues others."""
    return DBTaskResult.objects.filter(task_path__contains="jobs_for_tests")


def run_what_is_due():
    call_command("db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0, interval=0)


@pytest.fixture
def worker_settings():
    """A process of its own on the same test database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return {**os.environ, "DATABASE_URL": f"sqlite://{name}"}
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return {**os.environ, "DATABASE_URL": f"{server}/{name}"}


def after(wait: dt.timedelta):
    """The clock after `wait`, and a second."""
    return clock.at(clock.now() + wait + dt.timedelta(seconds=1))


def waits_for(task) -> int:
    """The delay in seconds with which the task was queued."""
    return round((task.run_after - task.enqueued_at).total_seconds())


@pytest.mark.django_db(transaction=True)
def test_a_failing_task_is_tried_again_after_growing_waits(tmp_path):
    stubborn.enqueue(str(tmp_path), succeeds_at=3)

    run_what_is_due()
    second = ours().get(status="READY")
    assert waits_for(second) == 60
    ours().filter(pk=second.pk).update(run_after=timezone.now())
    run_what_is_due()
    third = ours().get(status="READY")
    assert waits_for(third) == 120
    ours().filter(pk=third.pk).update(run_after=timezone.now())
    run_what_is_due()

    assert ours().get(status="SUCCESSFUL").return_value == "done at try 3"


@pytest.mark.django_db(transaction=True)
def test_after_its_last_try_a_task_stays_failed_with_its_traceback(tmp_path):
    stubborn.enqueue(str(tmp_path), succeeds_at=99)

    for _ in range(4):
        ours().filter(status="READY").update(run_after=timezone.now())
        run_what_is_due()

    assert not ours().filter(status="READY").exists()
    assert ours().filter(status="FAILED").count() == 3
    assert "not yet" in ours().order_by("-enqueued_at").first().traceback


@pytest.mark.django_db
def test_a_task_asked_for_in_a_change_that_is_rolled_back_never_was(tmp_path):
    with transaction.atomic():
        stubborn.enqueue(str(tmp_path), succeeds_at=1)
        transaction.set_rollback(True)

    assert not ours().exists()


@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_was_killed_runs_once_more_and_is_done(tmp_path, worker_settings):
    slow_once.enqueue(str(tmp_path))
    command = [
        sys.executable,
        "manage.py",
        "worker",
        "--no-schedules",
        "--worker-id",
        "doomed",
        "--settings",
        "portal.settings.test",
    ]
    worker = subprocess.Popen(command, env=worker_settings)
    deadline = time.monotonic() + 60
    while not (tmp_path / "begun").exists():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline, "the worker never began"
        time.sleep(0.1)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert ours().get().status == "RUNNING"

    assert take_back_lost_tasks(worker_id="doomed") == 1
    run_what_is_due()

    assert (tmp_path / "done").exists()
    assert ours().get().status == "SUCCESSFUL"


@pytest.mark.django_db
def test_a_task_that_loses_two_workers_fails_for_good(tmp_path):
    slow_once.enqueue(str(tmp_path))
    row = ours().get()
    row.claim("first")
    take_back_lost_tasks(worker_id="first")
    row.refresh_from_db()
    row.claim("second")

    take_back_lost_tasks(worker_id="second")

    row.refresh_from_db()
    assert row.status == "FAILED"
    assert "LostTwice" in row.exception_class_path


@pytest.mark.django_db
def test_a_task_that_has_only_just_begun_is_left_alone(tmp_path):
    slow_once.enqueue(str(tmp_path))
    ours().get().claim("alive")

    assert take_back_lost_tasks() == 0
    with after(LOST_AFTER):
        assert take_back_lost_tasks() == 1


@pytest.mark.django_db
def test_a_task_runs_as_long_as_it_likes_while_its_worker_gives_signs_of_life():
    slow_once.enqueue("nowhere")
    ours().get().claim("alive")
    ours().update(started_at=timezone.now() - dt.timedelta(hours=3))
    note_alive("alive")

    take_back_tasks_of_dead_workers()

    assert ours().get().status == "RUNNING"


@pytest.mark.django_db
def test_a_task_is_taken_back_a_minute_after_the_last_sign_of_its_worker():
    slow_once.enqueue("nowhere")
    ours().get().claim("doomed")
    note_alive("doomed")

    with after(SILENT_AFTER):
        note_alive("another")
        take_back_tasks_of_dead_workers()

    assert ours().get().status == "READY"


@pytest.mark.django_db
def test_a_worker_is_one_row_however_often_it_gives_a_sign(asked):
    with asked() as statements:
        note_alive("alive")
    note_alive("alive")

    assert len(statements) == 1
    assert Worker.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_gives_signs_of_life_beside_its_tasks(monkeypatch):
    monkeypatch.setattr(timekeeper, "BETWEEN_SIGNS", 0.05)
    keeper = Timekeeper("alive", starts_schedules=False)

    keeper.start()
    deadline = time.monotonic() + 60
    while not Worker.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    keeper.stop()

    assert Worker.objects.get().name == "alive"
    assert not keeper.is_alive()


@pytest.mark.django_db
def test_what_another_worker_is_doing_is_left_alone():
    slow_once.enqueue("nowhere")
    ours().get().claim("another")

    assert take_back_lost_tasks(worker_id="doomed") == 0
    assert ours().get().status == "RUNNING"


@pytest.mark.django_db
@pytest.mark.parametrize("what_happened", [{"status": "SUCCESSFUL"}, {"worker_ids": ["doomed", "another"]}])
def test_a_task_that_ended_or_was_taken_while_we_looked_is_left_alone(monkeypatch, what_happened):
    slow_once.enqueue("nowhere")
    ours().get().claim("doomed")

    def in_the_meantime():
        ours().update(**what_happened)
        return transaction.atomic()

    monkeypatch.setattr(jobs, "transaction", SimpleNamespace(atomic=in_the_meantime))

    assert take_back_lost_tasks(worker_id="doomed") == 0
    assert ours().filter(**what_happened).count() == 1


@pytest.mark.django_db
def test_a_lost_task_is_locked_before_it_is_taken_back():
    slow_once.enqueue("nowhere")
    ours().get().claim("doomed")

    with locks_before_writing() as locked:
        take_back_lost_tasks(worker_id="doomed")

    assert locked == [DBTaskResult]


@pytest.mark.django_db
def test_a_worker_takes_back_what_one_of_its_name_left_behind(monkeypatch):
    slow_once.enqueue("nowhere")
    ours().get().claim("doomed")
    monkeypatch.setattr(worker, "keep_connections", lambda: None)
    monkeypatch.setattr(worker.Worker, "configure_signals", lambda self: None)
    monkeypatch.setattr(worker.Worker, "run", lambda self: setattr(self, "running", False))

    call_command("worker", worker_id="doomed", no_schedules=True, no_mail=True)

    assert ours().get().status == "READY"


@pytest.mark.django_db
def test_every_minute_tasks_of_workers_long_dead_are_taken_back():
    slow_once.enqueue("nowhere")
    ours().get().claim("doomed")
    ours().update(started_at=timezone.now() - LOST_AFTER - dt.timedelta(seconds=1))

    take_back_tasks_of_dead_workers()

    assert ours().get().status == "READY"


class SeenEnough(Exception):
    """Ends a worker that would poll for ever."""


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_looks_again_finds_its_database_connection_as_it_left_it(monkeypatch):
    for name in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS"):
        monkeypatch.setitem(connection.settings_dict, name, connection.settings_dict[name])  # put back afterwards
    monkeypatch.setattr(worker.Worker, "configure_signals", lambda self: None)
    connection.close()
    seen = []

    class Looks:
        def wait(self, seconds):
            seen.append(connection.connection.info.backend_pid)
            if len(seen) == 3:
                connection.connection.close()  # as a server does that is started again
            if len(seen) == 4:
                raise SeenEnough

    monkeypatch.setattr(worker, "Calls", Looks)
    with pytest.raises(SeenEnough):
        call_command("worker", no_schedules=True, no_mail=True)

    assert len(set(seen[:3])) == 1
    assert seen[3] != seen[0]
