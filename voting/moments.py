"""Times as a sentence says them."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from core import clock


def moment_in_words(moment: dt.datetime | None) -> str:
    """`at 15:40` today, `at 15:40 on 9 July 2014` on other days."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    words = f"at {date_format(local, 'H:i')}"
    return words if local.date() == clock.today() else f"{words} on {date_format(local, 'j F Y')}"
