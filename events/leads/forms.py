"""The forms of savings: to tell of one, and to say what came of it."""

from django import forms

from core.forms import NumberField, RowField, TextField
from councils.models import Service
from events.leads.models import Lead


class SavingForm(forms.Form):
    """The form to tell of a saving."""

    words = TextField(
        label="What could be saved, and how?",
        help_text="In a sentence or two.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what could be saved."},
    )
    service = RowField(
        Service.objects.all(),
        label="In which service?",
        required=False,
        empty_label="Not in one service",
        error_messages={"invalid_choice": "Choose a service from the list, or leave it open."},
    )
    pounds = NumberField(
        label="Roughly how many pounds a year?",
        unit="£",
        help_text="A rough figure will do, such as 20,000. Leave it empty if you cannot say.",
        required=False,
        min_value=1,
        max_value=999_999_999_999,
        error_messages={
            "min_value": "Enter more than 0, or leave it empty.",
            "max_value": "Enter less than a million million pounds.",
        },
    )
    may_write = forms.TypedChoiceField(
        label="May we write to you about it?",
        choices=[("yes", "Yes, keep my name and address with it"), ("no", "No, keep it without my name")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether we may write to you."},
    )


class FollowForm(forms.Form):
    """The form of the secretariat: how far a saving has been followed up."""

    state = forms.ChoiceField(
        label="How far is it?",
        choices=Lead.State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is."},
    )
    note = TextField(
        label="What came of it?",
        help_text="Only the secretariat sees this.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
