"""Counts, days, moments, spans, sums of money and lists in words: one function for each, for pages, mails and search.

Templates say the same through the filters of `design_system.templatetags.words`.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

from core import clock

DayOrMoment = dt.date | dt.datetime  # of a moment the day in London is said

_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# Counts ---------------------------------------------------------------------------------------------------


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 council`, `1,200 councils`; `many` for irregular plurals: `3 people`."""
    return f"{number:,} {one_or_many(number, one, many)}"


def one_or_many(number: Decimal | int, one: str, many: str = "") -> str:
    """Singular or plural for a number printed elsewhere: 1 point, but 1.5 and 0.5 points; is or are."""
    return one if number == 1 else many or f"{one}s"


def spelled(number: int) -> str:
    """A number below ten as a word: `two`; from ten on in digits. 0 is `no`."""
    return _SPELLED[number] if 0 <= number < len(_SPELLED) else f"{number:,}"


# Lists ----------------------------------------------------------------------------------------------------


def series(names: Iterable[object], *, last: str = "and", most: int | None = None) -> str:
    """A list in words: `Exeter, Harlow and Luton`; of many the first `most`, `and 4 others`."""
    said = [str(name) for name in names]
    if most is not None and len(said) > most + 1:  # one other is named rather than counted
        said[most:] = [counted(len(said) - most, "other")]
    return f" {last} ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


# Money and time that it takes -----------------------------------------------------------------------------


def pounds(amount: Decimal | int, places: int | None = None) -> str:
    """A sum of money: `£4.20`, `£120,000`, `−£3`; without `places` pence only where there are any."""
    has_pence = places is None and f"{amount:.2f}"[-2:] != "00"
    said = plain(amount, 2 if has_pence else places)
    return f"−£{said[1:]}" if said.startswith("−") else f"£{said}"


def plain(amount: Decimal | int, places: int | None = None) -> str:
    """A number: `2.5`, `180,000`, `−3`; to so many decimals, else to two at most and without noughts at its end."""
    size = abs(Decimal(amount))
    digits = f"{size:,.2f}".rstrip("0").rstrip(".") if places is None else f"{size:,.{places}f}"
    return f"−{digits}" if amount < 0 and digits.strip("0.") else digits


def months_in_words(months: int | None) -> str:
    """How long a cost takes to come back: `9 months`, `2 years 1 month`; `Never` for None."""
    if months is None:
        return "Never"
    years, rest = divmod(months, 12)
    parts = [counted(years, "year")] if years else []
    if rest or not years:
        parts.append(counted(rest, "month"))
    return " ".join(parts)


def ago(day: dt.date) -> str:
    """How long ago a day was: `today`, `9 days ago`, `3 months ago`, `11 years ago`."""
    today = clock.today()
    days = (today - day).days
    if days <= 0:
        return "today"
    if years := today.year - day.year - ((today.month, today.day) < (day.month, day.day)):
        return f"{counted(years, 'year')} ago"
    return f"{counted(days // 30, 'month')} ago" if days >= 30 else f"{counted(days, 'day')} ago"


# Days -----------------------------------------------------------------------------------------------------


def day_in_words(
    day: DayOrMoment | None, *, with_year: bool = True, with_weekday: bool = False, in_short: bool = False
) -> str:
    """`4 February 2016`, `Thursday 4 February 2016`, `4 February`, `4 Feb 2016`; empty for no day."""
    if day is None:
        return ""
    month = "M" if in_short else "F"
    return date_format(_in_london(day), f"{'l ' if with_weekday else ''}j {month}{' Y' if with_year else ''}")


def day_in_short(day: dt.date) -> str:
    """A day as `24 Nov`, with its year where that is not this one."""
    return day_in_words(day, in_short=True, with_year=day.year != clock.today().year)


def month_in_words(day: DayOrMoment | None, *, with_year: bool = True, in_short: bool = False) -> str:
    """`February 2016`, `February`, `Feb 2016`; empty for no day."""
    if day is None:
        return ""
    return date_format(_in_london(day), f"{'M' if in_short else 'F'}{' Y' if with_year else ''}")


def year_in_words(day: DayOrMoment | None) -> str:
    """The year of a day: `2014`, never `2,014`; empty for no day."""
    return "" if day is None else str(_in_london(day).year)


def days_in_words(first: dt.date, last: dt.date, *, with_year: bool = True, in_short: bool = False) -> str:
    """`6 July 2026`, `6 to 7 July 2026`, `31 January to 2 February 2026`."""
    until = day_in_words(last, with_year=with_year, in_short=in_short)
    if first == last:
        return until
    if with_year and first.year != last.year:
        return f"{day_in_words(first, in_short=in_short)} to {until}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {until}"
    return f"{day_in_words(first, with_year=False, in_short=in_short)} to {until}"


def days_in_short(starts_at: dt.datetime, ends_at: dt.datetime, *, with_year: bool = False) -> str:
    """`6 Jul`, `6 to 7 Jul`, `31 Jan to 2 Feb`. What ends at midnight does not reach into the next day."""
    starts = timezone.localdate(starts_at)
    ends = timezone.localdate(max(starts_at, ends_at - dt.timedelta(microseconds=1)))
    return days_in_words(starts, ends, with_year=with_year, in_short=True)


# Moments and spans ----------------------------------------------------------------------------------------


def time_in_words(moment: dt.datetime | dt.time | None, *, with_weekday: bool = False) -> str:
    """`14:00`, `Tue 14:00`; in the autumn hour that comes twice with the name of the clock, `01:30 GMT`."""
    if moment is None:
        return ""
    if isinstance(moment, dt.time):
        return f"{moment:%H:%M}"
    local = timezone.localtime(moment)
    words = date_format(local, "D H:i" if with_weekday else "H:i")
    return f"{words} {local.tzname()}" if comes_twice(local) else words


def comes_twice(local: dt.datetime) -> bool:
    """Whether London clocks show this time twice, on the night on which they go back."""
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]  # aware


def moment_in_words(moment: dt.datetime | None) -> str:
    """`3 February 2026, 14:00`; empty for no moment."""
    return "" if moment is None else f"{day_in_words(moment)}, {time_in_words(moment)}"


def exact_moment(moment: dt.datetime) -> str:
    """`3 Feb 2026, 14:00:05`, for the audit trail."""
    return f"{day_in_words(moment, in_short=True)}, {timezone.localtime(moment):%H:%M:%S}"


def exact_time(moment: dt.datetime) -> str:
    """`14:00:05`, for what is counted by the second."""
    return f"{timezone.localtime(moment):%H:%M:%S}"


def at_moment(moment: dt.datetime) -> str:
    """`at 15:40` today, `at 15:40 on 9 July 2014` on other days: to follow a verb, as in “closed at 15:40”."""
    words, day = f"at {time_in_words(moment)}", timezone.localdate(moment)
    return words if day == clock.today() else f"{words} on {day_in_words(day)}"


def coming_moment(moment: dt.datetime) -> str:
    """`today at 17:00`, `on Friday` within a week, `on 3 December`: to follow a verb, as in “closes on Friday”."""
    day = timezone.localdate(moment)
    ahead = (day - clock.today()).days
    if ahead < 0:
        return at_moment(moment)
    if ahead == 0:
        return f"today at {time_in_words(moment)}"
    return f"on {date_format(day, 'l') if ahead < 7 else day_in_words(day, with_year=False)}"


def since(day: DayOrMoment) -> str:
    """`since today`, `since 4 May 2016`."""
    day = timezone.localdate(day) if isinstance(day, dt.datetime) else day
    return "since today" if day == clock.today() else f"since {day_in_words(day)}"


def span_in_words(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """`Tuesday 24 November 2026, 10:00 to 16:00`; over several days with the date of both ends."""
    until = time_in_words(ends_at)
    if timezone.localdate(starts_at) != timezone.localdate(ends_at):
        until = f"{day_in_words(ends_at, with_weekday=True)}, {until}"
    return f"{day_in_words(starts_at, with_weekday=True)}, {time_in_words(starts_at)} to {until}"


def _in_london(day: DayOrMoment) -> DayOrMoment:
    return timezone.localtime(day) if isinstance(day, dt.datetime) and timezone.is_aware(day) else day
