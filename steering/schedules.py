"""The scheduled work of the steering board."""

from core.schedules import every
from steering import operations


@every(hours=1)
def remind_of_motions() -> None:
    """Remind those missing the day before a vote by e-mail closes."""
    operations.remind_of_motions_that_close_tomorrow()
