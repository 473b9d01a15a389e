"""The board's agenda once a missed promise was explained, or measured again."""

from django.db import transaction

from steering.operations import build_agenda_of_the_next_meeting
from take_up.models import Benefit


def bring_agenda_up_to_date(promise: Benefit) -> None:
    """Build the next agenda again after the commit: its lock comes before that of a promise, which is held here."""
    transaction.on_commit(build_agenda_of_the_next_meeting, robust=True)
