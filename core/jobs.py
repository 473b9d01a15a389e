"""Slow work that must not be lost: retried with growing waits, and taken back from workers that died.

The queue itself is django-tasks' database backend: a task is a row in the same database, so it commits with the
change that asked for it. Tasks take ids, and may run twice: each must be safe to repeat.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import structlog
from django.db import transaction
from django.dispatch import receiver
from django_tasks import task
from django_tasks.base import Task, TaskResult
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from core import clock

log = structlog.get_logger("site.tasks")

# A worker gives a sign of life every few seconds, however long its task takes.
SILENT_AFTER = dt.timedelta(minutes=1)
# Of a worker that gives none: longer than any task of ours takes.
LOST_AFTER = dt.timedelta(minutes=10)


class LostTwice(Exception):
    """A task whose worker was lost twice."""


def retrying_task(
    *,
    most: int = 5,
    first_wait: dt.timedelta = dt.timedelta(seconds=30),
    queue_name: str = "default",
    priority: int = 0,
) -> Callable[[Callable[..., Any]], Task]:
    """A task that is tried up to `most` times, waiting `first_wait`, then twice that, four times, …

    Each failed try stays on record with its traceback; the last one has `attempt` equal to `most`.
    """

    def decorate(function: Callable[..., Any]) -> Task:
        @wraps(function)
        def trying(*args: Any, attempt: int = 1, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception:
                if attempt < most:
                    wait = first_wait * 2 ** (attempt - 1)
                    queued.using(run_after=clock.now() + wait).enqueue(*args, attempt=attempt + 1, **kwargs)
                log.warning("task_failed", task=function.__name__, attempt=attempt, most=most, exc_info=True)
                raise

        queued = task(queue_name=queue_name, priority=priority)(trying)
        return queued

    return decorate


def queue_message(task: Task, *ids: int) -> None:
    """Queue a task that sends a message; none while the clock is set to the past. Goes with `core.mail.send`."""
    if not clock.is_entering_history():
        task.enqueue(*ids)


def take_back_lost_tasks(*, worker_id: str = "", seen: Mapping[str, dt.datetime] | None = None) -> int:
    """Queue tasks whose worker died again, once; those lost a second time fail. Returns how many were found.

    With `worker_id` they are all of that worker's. Without it those whose worker was last seen more than SILENT_AFTER
    ago, as `seen` says; of a worker that never gives a sign, those running longer than LOST_AFTER.
    """
    found = 0
    for key, worker_ids, started_at in DBTaskResult.objects.running().values_list("pk", "worker_ids", "started_at"):
        worker = worker_ids[-1] if worker_ids else ""
        if not (worker == worker_id if worker_id else _is_lost(worker, started_at, seen or {})):
            continue
        with transaction.atomic():
            row = DBTaskResult.objects.select_for_update().get(pk=key)
            if row.status != "RUNNING" or row.worker_ids != worker_ids:
                continue  # it ended, or somebody else took it, in the meantime
            found += 1
            if len(worker_ids) > 1:
                row.set_failed(LostTwice(f"Workers {worker_ids} died over this task."))
            else:
                row.status = "READY"
                row.save(update_fields=["status"])
        log.warning("task_taken_back", task=row.task_path, workers=worker_ids, failed=row.status == "FAILED")
    return found


def _is_lost(worker: str, started_at: dt.datetime | None, seen: Mapping[str, dt.datetime]) -> bool:
    if worker in seen:
        return seen[worker] < clock.now() - SILENT_AFTER
    return started_at is not None and started_at < clock.now() - LOST_AFTER


@receiver(task_started)
def name_the_task(sender: Any, task_result: TaskResult, **kwargs: Any) -> None:
    """Add the task's id to every log line of this worker from now on."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task_id=str(task_result.id))


@receiver(task_finished)
def log_finished_task(sender: Any, task_result: TaskResult, **kwargs: Any) -> None:
    """Log one line for each finished task. Arguments are ids and names of schedules, never people's words."""
    began, ended = task_result.started_at, task_result.finished_at
    log.info(
        "task_finished",
        task=task_result.task.module_path,
        about=[*task_result.args],
        attempt=task_result.kwargs.get("attempt", 1),
        status=str(task_result.status),
        duration_ms=round(1000 * (ended - began).total_seconds(), 1) if began and ended else None,
    )
    structlog.contextvars.clear_contextvars()
