"""The one clock that operations read.

Only the demo builder, importers of history and tests set it.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Expression, Value
from django.db.models.functions import Now
from django.utils import timezone

LONDON = zoneinfo.ZoneInfo(settings.TIME_ZONE)  # the one zone in which days begin and hours are said

# Records of 2013 to 2015 were entered afterwards: no reminders, no questions and no retention for them.
HISTORY_ENDS = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
FIRST_DAY_OF_THE_RECORD, LAST_DAY_OF_THE_RECORD = dt.date(2013, 1, 1), dt.date(2015, 12, 31)
_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


def now() -> dt.datetime:
    """The present moment, aware, or the moment to which the clock is set."""
    return _moment.get() or timezone.now()


def set_to() -> dt.datetime | None:
    """The moment to which the clock is set, if it is."""
    return _moment.get()


class DatabaseClock(Now):
    """The clock that all servers share as it reads a row, not as the statement or the transaction began.

    Nobody sets it: `in_database` also knows the moment that a block is set to.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="CLOCK_TIMESTAMP()", **context)


def in_database() -> Expression:
    """The present moment as an expression: by the clock that all servers share, or where the clock is set to.

    Read in the query that locks a row it judges a deadline, however long the lock was waited for: where another
    transaction changed the row meanwhile, PostgreSQL reads row and clock again.
    """
    moment = _moment.get()
    return Value(moment, output_field=DateTimeField()) if moment else DatabaseClock()


def today() -> dt.date:
    """Today in London."""
    return timezone.localdate(now())


def is_entering_history() -> bool:
    """Whether the clock is set to a past moment, so that no mail is sent."""
    return _moment.get() is not None


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Set the clock to `moment` within a block; a naive moment is London time."""
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
