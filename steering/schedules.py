"""The scheduled work of the steering board."""

import datetime as dt

from core.schedules import every
from steering import operations


@every(hours=1)
def remind_of_motions() -> None:
    """Remind those missing the day before a vote by e-mail closes."""
    operations.remind_of_motions_that_close_tomorrow()


@every(days=1, offset=dt.timedelta(hours=4))
def build_agenda_of_the_next_meeting() -> None:
    """Bring the agenda of the next planned meeting up to date."""
    operations.build_agenda_of_the_next_meeting()


@every(days=1, offset=dt.timedelta(hours=7))
def write_to_the_board_before_meetings() -> None:
    """Write to the board a week before it meets."""
    operations.write_to_the_board_before_meetings()
