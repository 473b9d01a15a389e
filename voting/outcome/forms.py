"""Forms of what came of a vote."""

from typing import Any

from django import forms

from core.forms import LineField, RowField, TextField
from councils.models import Organisation
from voting.ballots.models import Option


class OutcomeForm(forms.Form):
    """The form of the outcome in words."""

    text = TextField(
        label="Outcome",
        help_text="What was decided, why, and who acts next.",
        max_length=2000,
        error_messages={"required": "Say what was decided, why, and who acts next."},
    )


class WinnerForm(forms.Form):
    """The form to turn a winner into a project."""

    option = RowField(
        label="Prototype",
        queryset=Option.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose the prototype that becomes a project.",
            "invalid_choice": "Choose a prototype that the vote chose.",
        },
    )
    lead_council = RowField(
        label="Lead council",
        help_text="It runs the project and posts its updates.",
        queryset=Organisation.objects.none(),
        empty_label="Choose a council",
        error_messages={
            "required": "Choose the council that leads the project.",
            "invalid_choice": "Choose a council from the list.",
        },
    )
    reason = LineField(
        label="Reason",
        help_text="Only where several were tied and the facilitator chooses.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, options: list[Option], needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [option.pk for option in options]
        self.fields["option"].queryset = Option.objects.filter(pk__in=keys)  # type: ignore[attr-defined]  # a model choice field has one
        self.fields["lead_council"].queryset = Organisation.objects.councils().in_force()  # type: ignore[attr-defined]  # a model choice field has one
        if not needs_reason:
            del self.fields["reason"]
