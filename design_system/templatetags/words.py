"""Counts, days, moments and lists in a template, as `core.words` says them everywhere.

A day takes its form as words: `{{ day|day }}`, `{{ day|day:"short" }}`, `{{ day|day:"no year" }}`. What is missing is
empty.
"""

import datetime as dt
from typing import Any

from django import template

from core import words

register = template.Library()

_FORMS = {"short": "in_short", "no year": "with_year", "weekday": "with_weekday"}


@register.filter
def day(value: words.Day | None, form: str = "") -> str:
    """4 February 2016; forms are “short”, “no year” and “weekday”, with commas between."""
    return words.day_in_words(value or None, **_options(form))


@register.filter
def month(value: words.Day | None, form: str = "") -> str:
    """February 2016; forms are “short” and “no year”."""
    return words.month_in_words(value or None, **_options(form))


@register.filter
def year(value: words.Day | int | None) -> str:
    """2014, of a day or of a number: never 2,014."""
    return str(value) if isinstance(value, int) else words.year_in_words(value or None)


@register.filter
def clock_time(value: dt.datetime | dt.time | None, with_weekday: Any = False) -> str:
    """14:00, or Tue 14:00."""
    return words.time_in_words(value or None, with_weekday=bool(with_weekday))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """3 February 2026, 14:00."""
    return words.moment_in_words(value or None)


@register.filter
def counted(number: int, nouns: str) -> str:
    """`{{ n|counted:"council" }}`: 1 council, 12 councils; `{{ n|counted:"person,people" }}`."""
    return words.counted(int(number), *nouns.split(","))


@register.filter
def one_or_many(number: int, both: str) -> str:
    """`{{ n|one_or_many:"is,are" }}`: the word that goes with a number said elsewhere."""
    return words.one_or_many(int(number), *both.split(","))


@register.filter
def spelled(number: int) -> str:
    """two, nine; from ten on in digits."""
    return words.spelled(int(number))


@register.filter
def joint(loop: dict[str, Any], last: str = "and") -> str:
    """What stands before this turn of a loop for the whole to read “a, b and c”: `{{ forloop|joint }}`."""
    return "" if loop["first"] else f" {last} " if loop["last"] else ", "


def _options(form: str) -> dict[str, Any]:
    """The arguments behind the words of a form; a misspelt one is an error."""
    asked = [_FORMS[word.strip()] for word in form.split(",") if word.strip()]
    return {name: name != "with_year" for name in asked}
