"""Form fields for dates and times: day, month and year in three boxes, a time like 9:30 or 2pm in one."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.numbers import whole_number
from core.words import comes_twice, time_in_words

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_CLOCK = re.compile(r"\s*(BST|GMT)\s*$", re.IGNORECASE)


# Of an hour that comes twice.
CLOCKS = [("BST", "The first, before the clocks go back (BST)"), ("GMT", "The second, an hour later (GMT)")]


def _number(words: str, what: str, least: int, most: int) -> int:
    if what == "month" and words.lower()[:3] in MONTHS:
        return MONTHS.index(words.lower()[:3]) + 1
    if (number := whole_number(words, least=least, most=most)) is None:
        raise ValidationError(f"The {what} must be a number from {least} to {most}.")
    return number


def read_day(day: str, month: str, year: str) -> dt.date | None:
    """The three boxes as a date; None when all are empty."""
    parts = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    if not any(parts.values()):
        return None
    if missing := [what for what, words in parts.items() if not words]:
        raise ValidationError(f"The date must include a {' and a '.join(missing)}.")
    numbers = (
        _number(parts["year"], "year", 1900, 2200),
        _number(parts["month"], "month", 1, 12),
        _number(parts["day"], "day", 1, 31),
    )
    try:
        return dt.date(*numbers)
    except ValueError:
        raise ValidationError("There is no such day in that month.") from None


def read_time(words: str) -> dt.time:
    """9, 9:30, 9.30, 2pm or 14:00 as a time."""
    found = _TIME.fullmatch(words.strip())
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise ValidationError("Write the time like 9:30, 14:00 or 2pm.")


def read_moment(day: dt.date, words: str, *, clock: str = "") -> dt.datetime:
    """A day and a time in London as a moment; `clock` says which of two, unless the words do: BST or GMT.

    Raises ValidationError for a time that the clocks skip, or show twice where nothing says which.
    """
    named = _CLOCK.search(words)
    local = dt.datetime.combine(day, read_time(_CLOCK.sub("", words)))
    first, second = (timezone.make_aware(local.replace(fold=fold)) for fold in (0, 1))
    by_clock = {str(moment.tzname()): moment for moment in (second, first)}
    if first.utcoffset() != second.utcoffset() and not comes_twice(first):
        raise ValidationError("The clocks go forward then, so there is no such time. Choose another.")
    if named:
        if moment := by_clock.get(named[1].upper()):
            return moment.astimezone(dt.UTC)  # in London such a moment would equal no other, not even itself in UTC
        raise ValidationError(f"The clocks show {first.tzname()} on that day, not {named[1].upper()}.")
    if comes_twice(first):
        if moment := by_clock.get(clock):
            return moment.astimezone(dt.UTC)
        time = time_in_words(local.time())
        raise ValidationError(
            f"The clocks go back then, so {time} comes twice. Which do you mean? Choose the first or the second.",
            code="comes_twice",
        )
    return first


class DateWidget(forms.MultiWidget):
    """A widget of three boxes: day, month, year."""

    names: tuple[str, ...] = ("day", "month", "year")
    labels = {"day": "Day", "month": "Month", "year": "Year", "time": "Time"}
    use_fieldset = True
    is_date = True

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({name: forms.TextInput() for name in self.names}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, dt.datetime):
            value = timezone.localtime(value if timezone.is_aware(value) else timezone.make_aware(value))
        if not isinstance(value, dt.date):
            return [None] * len(self.names)
        parts: list[str | None] = [str(value.day), str(value.month), str(value.year)]
        if "time" in self.names:
            parts += [time_in_words(value) if isinstance(value, dt.datetime) else None, None]
        return parts

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


def clocks_of(day: str, month: str, year: str, time: str) -> list[tuple[str, str]]:
    """The two answers to which is meant, where the boxes hold a time that comes twice; else none."""
    try:
        on = read_day(day, month, year)
        if on is not None:
            read_moment(on, time)
    except ValidationError as problem:
        if problem.code == "comes_twice":
            return CLOCKS
    return []


class DateTimeWidget(DateWidget):
    """A widget of four boxes, day, month, year and a time, and of two buttons where that time comes twice."""

    names = ("day", "month", "year", "time", "clock")


class DateField(forms.MultiValueField):
    """A date in three boxes. An error names the missing part; the boxes keep what was typed."""

    widget = DateWidget
    default_error_messages = {"required": "Enter a date."}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("require_all_fields", False)
        boxes = [forms.CharField(required=False) for _ in self.widget.names]
        super().__init__(fields=boxes, **kwargs)

    def clean(self, value: Any) -> Any:
        value = [str(part or "") for part in value] if isinstance(value, list | tuple) else value
        return super().clean(value)

    def compress(self, data_list: list[str]) -> dt.date | None:
        return read_day(*data_list[:3]) if data_list else None


class DateTimeField(DateField):
    """A moment in London: three boxes for the day and one for the time."""

    widget = DateTimeWidget
    default_error_messages = {"required": "Enter a date and a time."}

    def compress(self, data_list: list[str]) -> dt.datetime | None:  # type: ignore[override]  # a moment is a date too
        if not data_list:
            return None
        day = read_day(*data_list[:3])
        time, clock = data_list[3].strip(), data_list[4]
        if day is None and not time:
            return None
        if day is None:
            raise ValidationError("Enter the date as well as the time.")
        if not time:
            raise ValidationError("Enter the time as well as the date.")
        return read_moment(day, time, clock=clock)
