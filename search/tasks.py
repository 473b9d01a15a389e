"""Tasks that follow the change log."""

import structlog
from django_tasks_db.models import DBTaskResult

from core.jobs import retrying_task
from core.wake import wake
from search import follower
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


def ask_for_following() -> None:
    """Queue the task and wake the worker, unless one is queued already, which will see this change too."""
    waiting = DBTaskResult.objects.filter(task_path=follow_changes.module_path, status="READY")
    if not waiting.exists():
        follow_changes.enqueue()
        wake()
