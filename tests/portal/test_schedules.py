"""What the clock triggers runs once in each period, on whichever worker comes first."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from core.schedules import Schedule, SomeFailed, discover, do_all, do_each
from portal.status.operations import start_due_schedules

NOON = dt.datetime(2026, 11, 22, 12, 0, 30, tzinfo=dt.UTC)


def test_a_daily_schedule_begins_at_its_hour():
    daily = Schedule("x", lambda: None, dt.timedelta(days=1), dt.timedelta(hours=3))

    assert daily.slot(NOON) == dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
    assert daily.slot(NOON.replace(hour=2)) == dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_a_second_worker_in_the_same_minute_queues_nothing():
    first = start_due_schedules(NOON)

    assert "portal.schedules.take_back_tasks_of_dead_workers" in first
    assert start_due_schedules(NOON + dt.timedelta(seconds=20)) == []
    assert DBTaskResult.objects.count() == len(first) == len(discover())


@pytest.mark.django_db
def test_the_next_minute_queues_what_runs_every_minute():
    start_due_schedules(NOON)

    again = start_due_schedules(NOON + dt.timedelta(minutes=1))

    assert "portal.schedules.take_back_tasks_of_dead_workers" in again
    assert "portal.schedules.forget_finished_tasks_and_changes" not in again


def do(number, done):
    if number == 2:
        raise ValueError(number)
    done.append(number)
    return number


def test_one_that_raises_stops_no_other_and_fails_the_run_afterwards():
    done = []

    with pytest.raises(SomeFailed, match="1 failed, the first with ValueError"):
        do_each(lambda number: do(number, done), [1, 2, 3])
    with pytest.raises(SomeFailed):
        do_all(lambda: do(2, done), lambda: do(4, done))

    assert done == [1, 3, 4]
    assert do_each(lambda number: do(number, done), [1, 3]) == 4
