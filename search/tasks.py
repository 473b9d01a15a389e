"""Tasks that follow the change log."""

import structlog
from django_tasks_db.models import DBTaskResult

from core.jobs import retrying_task
from core.wake import wake
from search import drift, follower
from search.engines import engines
from search.port import Unreachable

log = structlog.get_logger(__name__)


@retrying_task(most=1, priority=10)  # before mails: people may look for what they have just published
def follow_changes() -> None:
    follow_all()


def follow_all() -> None:
    """Bring each engine up to date. An unreachable one keeps its cursor and catches up later."""
    for engine in engines():
        try:
            follower.follow(engine)
        except Unreachable as problem:
            log.warning("index_unreachable", engine=engine.name, problem=str(problem))


@retrying_task(most=3)
def check_indexes() -> dict[str, dict[str, int]]:
    """Compare the indexes with the rows and have what differs followed anew. Returns what was found, by engine.

    The result stays with the task, where the site's health reads it. An engine that cannot be reached is left out.
    """
    found = {}
    for engine in engines():
        try:
            drifted = drift.drift_of(engine)
        except Unreachable as problem:
            log.warning("index_unreachable", engine=engine.name, problem=str(problem))
            continue
        found[engine.name] = drifted.counts
        if drifted.keys:
            log.error("index_drifted", engine=engine.name, **drifted.counts, first=drifted.keys[:20])
            drift.mend(drifted)
    if any(counts["missing"] or counts["stale"] or counts["forbidden"] for counts in found.values()):
        follow_all()
    return found


def last_check() -> DBTaskResult | None:
    """The last check of the indexes that went through, with what it found as its `return_value`."""
    return DBTaskResult.objects.successful().filter(task_path=check_indexes.module_path).order_by("finished_at").last()


def ask_for_following() -> None:
    """Queue the task and wake the worker, unless one is queued already, which will see this change too."""
    waiting = DBTaskResult.objects.filter(task_path=follow_changes.module_path, status="READY")
    if not waiting.exists():
        follow_changes.enqueue()
        wake()
