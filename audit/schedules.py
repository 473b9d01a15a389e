"""The schedules of the audit trail."""

import datetime as dt

from audit import tasks
from audit.operations import extend_chain
from core.schedules import every


@every(minutes=1)
def chain_new_lines() -> None:
    extend_chain()


@every(days=1, offset=dt.timedelta(hours=3, minutes=50))
def check_chain() -> None:
    """Compare the trail with its chain at night."""
    tasks.check_chain.enqueue()
