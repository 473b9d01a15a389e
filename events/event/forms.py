"""Fields that several forms of events use."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from core.forms import RowField
from councils.models import Organisation
from events.event.models import Event
from events.event.people import GONE, SOMEBODY_ELSE, ParticipantKind
from events.event.queries import kinds_of


class OrganisationChoice(RowField):
    """A choice of organisations by full name, which distinguishes a county from a district of the same name."""

    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.full_name


class KindField(forms.ChoiceField):
    """A choice among the kinds of people of an event, or somebody else, which is cleaned to None."""

    default_error_messages = {"invalid_choice": GONE}
    kinds: dict[str, ParticipantKind] = {}

    def clean(self, value: str) -> ParticipantKind | None:
        return self.kinds.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return value.key if isinstance(value, ParticipantKind) else value


def offer_kinds(form: forms.Form, event: Event) -> None:
    """Let the form's field `kind` offer the kinds of the event; without kinds the field goes."""
    kinds = {kind.key: kind for kind in kinds_of(event)}
    field = form.fields["kind"]
    if kinds and isinstance(field, KindField):
        field.kinds = kinds
        field.choices = [*((key, kind.name) for key, kind in kinds.items()), (SOMEBODY_ELSE, "Someone else")]
    else:
        del form.fields["kind"]


def choose(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Set the rows that a field of the form offers, where it has that field."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
