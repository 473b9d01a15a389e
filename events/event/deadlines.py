"""Moments of an event that are set by its start: they come as long before it, whenever that is."""

import datetime as dt

from django.utils import timezone


def as_long_before(moment: dt.datetime | None, *, start: dt.datetime, new_start: dt.datetime) -> dt.datetime | None:
    """The moment as long before `new_start`, by London clocks, as `moment` is before `start`; never after it."""
    if moment is None:
        return None
    before = timezone.make_naive(start) - timezone.make_naive(moment)
    return min(timezone.make_aware(timezone.make_naive(new_start) - before), new_start)
