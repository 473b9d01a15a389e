"""Quarters of a year: each is known by its first day."""

import datetime as dt
import re

from core import clock
from core.months import months_after
from core.words import day_in_words, month_in_words

# From the quarter's end: figures are asked for, due, asked for once more; and what is compared stands as it is.
ASKED_AFTER = dt.timedelta(days=14)
DUE_AFTER = dt.timedelta(days=30)
REMINDED_AFTER = DUE_AFTER + dt.timedelta(days=7)
FIXED_AFTER = dt.timedelta(days=60)


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter in which a day lies."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def last_day(quarter: dt.date) -> dt.date:
    return months_after(quarter, 3) - dt.timedelta(days=1)


def quarter_before(quarter: dt.date) -> dt.date:
    return months_after(quarter, -3)


def last_ended() -> dt.date:
    """The last quarter that is over today."""
    return quarter_before(quarter_of(clock.today()))


def has_ended(quarter: dt.date) -> bool:
    return last_day(quarter) < clock.today()


def due_on(quarter: dt.date) -> dt.date:
    """The day by which a quarter's figures are asked for."""
    return last_day(quarter) + DUE_AFTER


def due_in_words(quarter: dt.date) -> str:
    """`are due by 30 October 2026`, or, once that day is over, `were due by …`."""
    day = due_on(quarter)
    return f"{'are' if day >= clock.today() else 'were'} due by {day_in_words(day)}"


def quarter_in_words(quarter: dt.date, *, in_short: bool = False) -> str:
    """`October to December 2014`, or `Oct to Dec 2014`."""
    first = month_in_words(quarter, with_year=False, in_short=in_short)
    return f"{first} to {month_in_words(last_day(quarter), in_short=in_short)}"


def quarter_key(quarter: dt.date) -> str:
    """A quarter as in an address and a file: `2014-q4`."""
    return f"{quarter.year}-q{(quarter.month + 2) // 3}"


def quarter_read(text: str) -> dt.date | None:
    """The quarter in `2014-q4`, `2014 Q4`, `Q4 2014`, `2014-10-01` or `01/10/2014`; None for anything else."""
    plain = re.sub(r"[\s/-]+", "-", text.strip().lower())
    if found := re.fullmatch(r"((?:19|20)\d{2})-?q([1-4])|q([1-4])-?((?:19|20)\d{2})", plain, re.ASCII):
        year, number = found[1] or found[4], found[2] or found[3]
        return dt.date(int(year), 3 * int(number) - 2, 1)
    if found := re.fullmatch(r"((?:19|20)\d{2})-(01|04|07|10)-0?1", plain, re.ASCII):
        return dt.date(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"0?1-(01|04|07|10)-((?:19|20)\d{2})", plain, re.ASCII):
        return dt.date(int(found[2]), int(found[1]), 1)
    return None


def ended_quarters(number: int) -> list[dt.date]:
    """The last quarters that are over, the latest first."""
    latest = last_ended()
    return [months_after(latest, -3 * place) for place in range(number)]
