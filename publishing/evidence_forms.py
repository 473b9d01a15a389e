"""What is typed about the figures of a case study by those who did not write it, and some months later."""

from typing import Any

from django import forms

from core.forms import LineField
from design_system.forms import DateField
from take_up.forms.benefit import which_way


def _yes_or_no(label: str, yes: str, no: str, required: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": required},
    )


class AskForCheckForm(forms.Form):
    """Whom to ask."""

    email = forms.EmailField(
        label="Email address",
        help_text="The address with which they sign in here. They belong to another organisation than the council.",
        error_messages={"required": "Enter the address of whoever is to verify them."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class CheckForm(forms.Form):
    """Whether the figures are right."""

    is_right = _yes_or_no(
        "Your answer",
        "I have seen these figures and they are right",
        "Something is wrong with them",
        "Say whether the figures are right.",
    )
    reason = LineField(
        label="What is wrong?",
        help_text="Only where something is. Those who write for the council read it, and Alliance editors.",
        max_length=300,
        required=False,
    )


class FollowUpForm(forms.Form):
    """Whether it still runs, and the latest figure."""

    is_running = _yes_or_no("Still running?", "Yes", "No", "Say whether it is still running.")
    value = forms.DecimalField(
        label="Latest figure",
        help_text="Of the same measure, in the same unit",
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    n = forms.IntegerField(
        label="Measured on how many?",
        help_text="Counted in the same way as before",
        min_value=1,
        max_value=1_000_000_000,
        required=False,
    )
    measured_on = DateField(label="Measured on", required=False)
    better = which_way(required=False)
    note = LineField(label="Anything readers should know?", max_length=300, required=False)

    def __init__(self, *args: Any, asks_which_way: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_which_way:
            del self.fields["better"]
