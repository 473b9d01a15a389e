"""Slow work of the portal itself. Rows that wait in the queue name it by this path."""

from core.jobs import retrying_task
from core.schedules import discover


@retrying_task(most=3)
def run_schedule(name: str) -> None:
    """Run one schedule; one that a release has removed is skipped."""
    if schedule := discover().get(name):
        schedule.run()
