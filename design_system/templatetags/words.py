"""Template filters for counts, days, moments and lists, through `core.words`.

A day takes its form as words: `{{ day|day }}`, `{{ day|day:"short" }}`, `{{ day|day:"no year" }}`. None prints nothing.
"""

import datetime as dt
from typing import Any

from django import template

from core import words

register = template.Library()

_FORMS = {"short": "in_short", "no year": "with_year", "weekday": "with_weekday"}


@register.filter
def day(value: words.DayOrMoment | None, form: str = "") -> str:
    """A day as 4 February 2016; forms are “short”, “no year” and “weekday”, separated by commas."""
    return words.day_in_words(value or None, **_options(form))


@register.filter
def month(value: words.DayOrMoment | None, form: str = "") -> str:
    """The month of a day as February 2016; forms are “short” and “no year”."""
    return words.month_in_words(value or None, **_options(form))


@register.filter
def year(value: words.DayOrMoment | int | None) -> str:
    """The year of a day, or a number, without a comma: 2014."""
    return str(value) if isinstance(value, int) else words.year_in_words(value or None)


@register.filter
def clock_time(value: dt.datetime | dt.time | None, with_weekday: Any = False) -> str:
    """A moment's time in London: 14:00, or Tue 14:00."""
    return words.time_in_words(value or None, with_weekday=bool(with_weekday))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A moment as 3 February 2026, 14:00."""
    return words.moment_in_words(value or None)


@register.filter
def counted(number: int, nouns: str) -> str:
    """A number with its noun: `{{ n|counted:"council" }}` or, irregular, `{{ n|counted:"person,people" }}`."""
    return words.counted(int(number), *nouns.split(","))


@register.filter
def one_or_many(number: int, both: str) -> str:
    """The word that goes with a number printed elsewhere: `{{ n|one_or_many:"is,are" }}`."""
    return words.one_or_many(int(number), *both.split(","))


@register.filter
def spelled(number: int) -> str:
    """A number below ten as a word: two; from ten on in digits."""
    return words.spelled(int(number))


@register.filter
def joint(loop: dict[str, Any], last: str = "and") -> str:
    """The separator before an item of a loop, so that it reads “a, b and c”: `{{ forloop|joint }}`."""
    return "" if loop["first"] else f" {last} " if loop["last"] else ", "


def _options(form: str) -> dict[str, Any]:
    """The keyword arguments for a form's words; raises for a misspelt one."""
    asked = [_FORMS[word.strip()] for word in form.split(",") if word.strip()]
    return {name: name != "with_year" for name in asked}
