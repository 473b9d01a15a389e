"""Days on which offices in England and Wales are open, by the rules of their bank holidays.

Single bank holidays by proclamation, and one that a year moves, are not known.
"""

import datetime as dt
from functools import cache
from itertools import count


def is_office_day(day: dt.date) -> bool:
    """Whether it is neither weekend nor bank holiday in England and Wales, nor between Christmas Eve and New Year."""
    is_between_the_years = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
    return day.weekday() < 5 and not is_between_the_years and day not in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> set[dt.date]:
    """The bank holidays of a year outside Christmas week: New Year where it moves, Easter, both of May, August."""
    easter, new_year = _easter(year), dt.date(year, 1, 1)
    first_of_may, first_of_june, first_of_september = (dt.date(year, month, 1) for month in (5, 6, 9))
    return {
        new_year + dt.timedelta(days=max(0, 7 - new_year.weekday()) if new_year.weekday() > 4 else 0),
        easter - dt.timedelta(days=2),
        easter + dt.timedelta(days=1),
        first_of_may + dt.timedelta(days=-first_of_may.weekday() % 7),
        first_of_june - dt.timedelta(days=first_of_june.weekday() or 7),
        first_of_september - dt.timedelta(days=first_of_september.weekday() or 7),
    }


def _easter(year: int) -> dt.date:
    """Easter Sunday by the Gregorian rule (Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def office_day(day: dt.date) -> dt.date:
    """The first working day from `day` on."""
    return next(each for n in count() if is_office_day(each := day + dt.timedelta(days=n)))


def last_office_day(day: dt.date) -> dt.date:
    """The last working day up to `day`."""
    return next(each for n in count() if is_office_day(each := day - dt.timedelta(days=n)))
