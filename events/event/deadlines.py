"""Moments of an event that are set by its start: they come as long before it, whenever that is."""

import datetime as dt

from django.utils import timezone

from core.errors import Refused
from events.event.models import Event

PAST = "This moment is past. Enter one to come, or leave it empty."


def as_long_before(moment: dt.datetime | None, *, start: dt.datetime, new_start: dt.datetime) -> dt.datetime | None:
    """The moment as long before `new_start`, by London clocks, as `moment` is before `start`; never after it."""
    if moment is None:
        return None
    before = timezone.make_naive(start) - timezone.make_naive(moment)
    return min(timezone.make_aware(timezone.make_naive(new_start) - before), new_start)


def refuse_wrong_deadline(event: Event, moment: dt.datetime | None, *, field: str, too_late: str) -> None:
    """Refuse a moment after the start of an event, as `too_late` says, or in the past of one that is to come."""
    if moment and moment > event.starts_at:
        raise Refused(too_late, field=field)
    if moment and moment <= event.now < event.starts_at:
        raise Refused(PAST, field=field)
