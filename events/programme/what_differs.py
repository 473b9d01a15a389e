"""Differences between an event and a form of it that was opened earlier."""

import datetime as dt

from django import forms

from core.words import moment_in_words, series
from events.event import agenda
from events.programme.forms import AgendaField, EventForm

NOTHING = "Nothing"


def what_differs(form: EventForm) -> list[tuple[str, str]]:
    """The label of each field whose answer differs from the event, with the event's value in words."""
    return [(str(form[name].label), _in_words(form, name)) for name in form.changed_data if name != "reason"]


def _in_words(form: EventForm, name: str) -> str:
    field = form.fields[name]
    stands = form.get_initial_for_field(field, name)
    if isinstance(field, AgendaField):
        return agenda.as_text(stands) or NOTHING
    if isinstance(stands, dt.datetime):
        return moment_in_words(stands)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return series(stands or ()) or NOTHING
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(stands) if stands else field.empty_label or NOTHING
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(stands, stands))  # type: ignore[arg-type]  # none of them is grouped
    return str(stands or NOTHING)
