"""The form field of a question, by its kind: it cleans what people type and what programs hand in alike."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape

from core.figures import Figure
from core.forms import LineField, NumberField, TextField
from core.words import day_in_words, series
from design_system.forms import DateField
from design_system.groups import NOT_OFFERED, MatrixField, RankingField
from questions.models import Question

Kind = Question.Kind
LINE, TEXT, NAMED = 300, 4000, 120  # characters
NOT_OF_THIS_KIND = "This is not the kind of answer that the question asks for."


def field_of(question: Question) -> forms.Field:
    """The field that asks a question."""
    field = _FIELDS[Kind(question.kind)](question)
    field.label, field.required = question.words, question.is_required
    # The hint may hold HTML where a form of ours says so; an organiser's is words.
    field.help_text = conditional_escape(question.help)
    return field


def _one(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect, error_messages=_MESSAGES)


def _several(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=question.choices, widget=forms.CheckboxSelectMultiple, error_messages=_MESSAGES
    )


def _number(question: Question) -> forms.Field:
    return NumberField(
        unit=question.unit,
        decimal_places=question.decimals,
        min_value=question.least,
        max_value=question.most,
        error_messages={
            "min_value": f"Enter {number_in_words(question.least, question.unit)} or more.",
            "max_value": f"Enter {number_in_words(question.most, question.unit)} or less.",
        },
    )


_MESSAGES = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED}
_FIELDS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.TEXT: lambda question: LineField(max_length=LINE),
    Kind.LONG_TEXT: lambda question: TextField(max_length=TEXT),
    Kind.ONE: _one,
    Kind.YES_NO: _one,
    Kind.SEVERAL: _several,
    Kind.MATRIX: lambda question: MatrixField(rows=question.rows, scale=question.scale),
    Kind.NUMBER: _number,
    Kind.TOP_THREE: lambda question: RankingField(
        choices=question.choices, of=LineField(max_length=NAMED, required=False)
    ),
    Kind.DATE: lambda question: DateField(),
}


def as_stored(value: Any) -> Any:
    """A cleaned value as JSON holds it: a number and a day as text, so that neither loses a digit."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return as_number(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def as_number(number: int | Decimal | None) -> str:
    """A number in plain digits without zeros at its end; empty for none."""
    if number is None:
        return ""
    digits = f"{Decimal(number):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def as_typed(question: Question, value: Any) -> Any:
    """A stored answer, or one that a program hands in, as the question's field takes it.

    Raises ValidationError for a value of another type.
    """
    if value is None:
        return None
    if not _is_of_kind(question, value):
        raise ValidationError(NOT_OF_THIS_KIND, code="kind")
    if question.kind != Kind.DATE:
        return value
    try:
        return DateField.widget().decompress(dt.date.fromisoformat(value))
    except ValueError:
        raise ValidationError("Write the day like 2026-11-30.", code="invalid") from None


def _is_of_kind(question: Question, value: Any) -> bool:
    if question.kind in {Kind.SEVERAL, Kind.TOP_THREE}:
        return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    if question.kind == Kind.MATRIX:
        return isinstance(value, dict)
    if question.kind == Kind.NUMBER and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return True
    return isinstance(value, str)


def in_words(question: Question, value: Any) -> str:
    """A stored answer as people read it; empty where it was skipped."""
    if value in (None, "", [], {}):
        return ""
    words = dict(question.choices)
    match question.kind:
        case Kind.NUMBER:
            return number_in_words(Decimal(value), question.unit)
        case Kind.DATE:
            return day_in_words(dt.date.fromisoformat(value))
        case Kind.MATRIX:
            scale = dict(question.scale)
            return "; ".join(f"{said}: {scale[value[row]]}" for row, said in question.rows if row in value)
        case Kind.TOP_THREE:
            return "; ".join(f"{place}. {words.get(each, each)}" for place, each in enumerate(value, start=1))
        case Kind.SEVERAL:
            return series(_said(value, words))
        case _:
            return words.get(value, value)


def _said(keys: Sequence[str], words: dict[str, str]) -> list[str]:
    return [said for key, said in words.items() if key in keys]


def number_in_words(number: Decimal | None, unit: str) -> str:
    """A number with its unit: £1,200, 65%, 3 rooms; empty for none."""
    return "" if number is None else Figure(number, unit=unit).with_unit
