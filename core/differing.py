"""Differences between a record and a form of it that was opened earlier."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Model

from core.words import day_in_words, moment_in_words, series

NOTHING = "Nothing"


def what_differs(form: forms.BaseForm, *, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """The label of each field whose answer differs from the record, with the record's value in words.

    A field whose values print as no text has a method `as_text`.
    """
    return [(str(form[name].label), _in_words(form, name)) for name in form.changed_data if name not in without]


def _in_words(form: forms.BaseForm, name: str) -> str:
    field: Any = form.fields[name]
    stands = form.get_initial_for_field(field, name)
    if hasattr(field, "as_text"):
        return field.as_text(stands) or NOTHING
    if isinstance(stands, dt.datetime):
        return moment_in_words(stands)
    if isinstance(stands, dt.date):
        return day_in_words(stands)
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return series(_chosen(field, one) for one in stands or ()) or NOTHING
    if isinstance(field, forms.ChoiceField) and (stands or not isinstance(field, forms.ModelChoiceField)):
        return _chosen(field, stands)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.empty_label or NOTHING)
    return str(stands or NOTHING)


def _chosen(field: Any, stands: Any) -> str:
    """The label of a choice: a row, its key, or a value."""
    if isinstance(stands, Model):
        return field.label_from_instance(stands)
    labels = {str(value): str(label) for value, label in field.choices}
    return labels.get(str("" if stands is None else stands), str(stands))
