"""Fields that several forms of events use."""

from django import forms
from django.db.models import QuerySet

from core.forms import RowField
from councils.models import Organisation


class OrganisationChoice(RowField):
    """A choice of organisations by full name, which distinguishes a county from a district of the same name."""

    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.full_name


def choose(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Set the rows that a field of the form offers, where it has that field."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
