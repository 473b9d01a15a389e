"""Following the change log in the background."""

import structlog
from django_tasks_db.models import DBTaskResult

from core.jobs import retrying_task
from core.wake import wake
from search import follower
from search.engines import engines
from search.port import Unreachable

log = structlog.get_logger(__name__)


@retrying_task(most=1, priority=10)  # before mails: somebody may look for what they have just published
def follow_changes() -> None:
    follow_all()


def follow_all() -> None:
    """Each engine on its own: one that is gone keeps its cursor and catches up when it is back."""
    for engine in engines():
        try:
            follower.follow(engine)
        except Unreachable as problem:
            log.warning("index_unreachable", engine=engine.name, problem=str(problem))


def ask_for_following() -> None:
    """Queue the task and wake the worker, unless one waits already: that will see this change too, being committed."""
    waiting = DBTaskResult.objects.filter(task_path=follow_changes.module_path, status="READY")
    if not waiting.exists():
        follow_changes.enqueue()
        wake()
