"""Checks of the audit trail against its chain."""

import structlog
from django_tasks_db.models import DBTaskResult

from audit import chain
from core.jobs import retrying_task
from core.words import counted, series

log = structlog.get_logger(__name__)
MOST_SAID = 20


@retrying_task(most=3)
def check_chain() -> list[str]:
    """Compare every link with its lines. Returns what is wrong, the first 20; the result stays with the task."""
    found = said_of_faults()[:MOST_SAID]
    if found:
        log.error("audit_trail_differs", faults=len(found), first=found[0])
    return found


def said_of_faults() -> list[str]:
    """Every fault of the chain in a sentence, and one about lines that no link covers."""
    found = [str(fault) for fault in chain.faults()]
    if strays := chain.strays():
        found.append(f"{counted(len(strays), 'line')} that no link covers: {series(strays, most=5)}")
    return found


def last_check() -> DBTaskResult | None:
    """The last check that went through, with what it found as its `return_value`."""
    return DBTaskResult.objects.successful().filter(task_path=check_chain.module_path).order_by("finished_at").last()
