"""Slow work that must not be lost: retried with growing waits, and taken back from workers that died.

The queue itself is django-tasks' database backend: a task is a row in the same database, so it commits with the
change that asked for it. Tasks take ids, and may run twice: each must be safe to repeat.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task, TaskResult
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

log = structlog.get_logger("site.tasks")

# Longer than any task of ours takes; a task running for longer has lost its worker.
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
                    queued.using(run_after=timezone.now() + wait).enqueue(*args, attempt=attempt + 1, **kwargs)
                log.warning("task_failed", task=function.__name__, attempt=attempt, most=most, exc_info=True)
                raise

        queued = task(queue_name=queue_name, priority=priority)(trying)
        return queued

    return decorate


def take_back_lost_tasks(*, worker_id: str = "", now: dt.datetime | None = None) -> int:
    """Queue tasks whose worker died again, once; those lost a second time fail. Returns how many were found.

    Without `worker_id` every task running longer than LOST_AFTER counts as lost; with it, all of that worker's.
    """
    lost = DBTaskResult.objects.running()
    if not worker_id:
        lost = lost.filter(started_at__lt=(now or timezone.now()) - LOST_AFTER)
    found = 0
    for key, worker_ids in lost.values_list("pk", "worker_ids"):
        if worker_id and worker_ids[-1:] != [worker_id]:
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
