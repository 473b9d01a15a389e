"""Which records are of 2013 to 2015, and the day on which a record's councils are counted: those keep theirs.

A council that joins such a record later is named beside the count and does not change it.
"""

import datetime as dt

from django.db.models import Case, DateField, Value, When

from core import clock


def is_told(began: dt.date | None) -> bool:
    """Whether what began at this moment, or on this day, belongs to the record of 2013 to 2015."""
    if isinstance(began, dt.datetime):
        return began < clock.HISTORY_ENDS
    return began is not None and began <= clock.LAST_DAY_OF_THE_RECORD


def counted_on(began: dt.datetime | None) -> dt.date:
    """The day of the count: the last day of told history for what began in it, else today."""
    return clock.LAST_DAY_OF_THE_RECORD if is_told(began) else clock.today()


def counted_on_column(began: str) -> Case:
    """The same day as an expression on the column `began`."""
    is_history = When(**{f"{began}__lt": clock.HISTORY_ENDS}, then=Value(clock.LAST_DAY_OF_THE_RECORD))
    return Case(is_history, default=Value(clock.today()), output_field=DateField())


def and_since(more: int) -> str:
    """The end of a sentence with a count: “, and 1 more has joined since”; empty for 0."""
    return f", and {more:,} more {'has' if more == 1 else 'have'} joined since" if more else ""
