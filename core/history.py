"""On which day a record's councils are counted: what is told of 2013 to 2015 keeps its day, and so its base.

Whoever joins such a record later is named beside the count and strikes nobody off it.
"""

import datetime as dt

from django.db.models import Case, DateField, Value, When

from core import clock


def counted_on(began: dt.datetime | None) -> dt.date:
    """The last day of the record for what began in it; today for everything else."""
    return clock.LAST_DAY_OF_THE_RECORD if began and began < clock.HISTORY_ENDS else clock.today()


def counted_on_column(began: str) -> Case:
    """The same day, worked out by the database from the column `began`."""
    is_history = When(**{f"{began}__lt": clock.HISTORY_ENDS}, then=Value(clock.LAST_DAY_OF_THE_RECORD))
    return Case(is_history, default=Value(clock.today()), output_field=DateField())


def and_since(more: int) -> str:
    """“, and 1 more has joined since”, to follow a count; empty where nobody has."""
    return f", and {more:,} more {'has' if more == 1 else 'have'} joined since" if more else ""
