"""Choices of rows that several forms of events offer."""

from django import forms
from django.db.models import QuerySet

from core.forms import RowField
from councils.models import Organisation


class OrganisationChoice(RowField):
    """Names an organisation so that a county and a district of one name can be told apart."""

    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.full_name


def choose(form: forms.Form, name: str, rows: QuerySet) -> None:
    """The rows that a field of the form offers."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
