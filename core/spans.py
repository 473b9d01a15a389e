"""Stretches of time as a sentence and a list say them: of several days as of several days, everywhere alike."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from core import clock


def time_in_words(moment: dt.datetime) -> str:
    """`14:00`; in the autumn hour that comes twice with the name of the clock, `01:30 GMT`."""
    local = timezone.localtime(moment)
    words = date_format(local, "H:i")
    return f"{words} {local.tzname()}" if comes_twice(local) else words


def comes_twice(local: dt.datetime) -> bool:
    """Whether a London clock shows this time twice, on the night on which it goes back."""
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]  # aware


def span_in_words(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """`Tuesday 24 November 2026, 10:00 to 16:00`; over several days with the date of both ends."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    until = time_in_words(ends)
    if starts.date() != ends.date():
        until = f"{date_format(ends, 'l j F Y')}, {until}"
    return f"{date_format(starts, 'l j F Y')}, {time_in_words(starts)} to {until}"


def days_in_short(starts_at: dt.datetime, ends_at: dt.datetime, *, with_year: bool = False) -> str:
    """`6 Jul`, `6 to 7 Jul`, `31 Jan to 2 Feb`. What ends at midnight does not reach into the next day."""
    starts = timezone.localtime(starts_at)
    ends = timezone.localtime(max(starts_at, ends_at - dt.timedelta(microseconds=1)))
    return days_in_words(starts.date(), ends.date(), month="M", with_year=with_year)


def day_in_short(day: dt.date) -> str:
    """`24 Nov`, with its year where that is another than this."""
    return days_in_words(day, day, month="M", with_year=day.year != clock.today().year)


def hour_or_year(moment: dt.datetime) -> str:
    """`10:00`, to stand under a day without its year; in another year that year: `2027`."""
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.year == clock.today().year else "Y")


def days_in_words(first: dt.date, last: dt.date, *, month: str = "F", with_year: bool = True) -> str:
    """`6 to 7 July 2026`; `month` is its format."""
    until = date_format(last, f"j {month} Y" if with_year else f"j {month}")
    if first == last:
        return until
    if with_year and first.year != last.year:
        return f"{date_format(first, f'j {month} Y')} to {until}"
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{date_format(first, 'j' if same_month else f'j {month}')} to {until}"


def moment_in_words(moment: dt.datetime) -> str:
    """`3 May 2026, 14:00`."""
    return f"{date_format(timezone.localtime(moment), 'j F Y')}, {time_in_words(moment)}"


def at_moment(moment: dt.datetime) -> str:
    """`at 15:40` today, `at 15:40 on 9 July 2014` on other days: to follow a verb, as in “closed at 15:40”."""
    words, day = f"at {time_in_words(moment)}", timezone.localdate(moment)
    return words if day == clock.today() else f"{words} on {date_format(day, 'j F Y')}"
