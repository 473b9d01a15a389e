"""Moments of days before today that are the same days in London whatever the hour, and whenever the clocks change."""

import datetime as dt

from django.utils import timezone

from core import clock


def noon(days_ago: int) -> dt.datetime:
    """Noon in London, so many days ago."""
    return timezone.make_aware(dt.datetime.combine(clock.today() - dt.timedelta(days=days_ago), dt.time(12)))
