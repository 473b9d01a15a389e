"""Forms of what came of a vote."""

from typing import Any

from django import forms

from core.forms import LineField, RowField, RowsField, TextField
from councils.models import Organisation
from design_system.forms import DateField
from projects.models import Purpose
from voting.ballots.models import Option


class OutcomeForm(forms.Form):
    """The form of the outcome in words, and whether those who could vote are mailed it.

    With `may_tell` off nobody is: the mail goes once.
    """

    text = TextField(
        label="What was decided?",
        help_text="The count says this; put it in your own words.",
        max_length=2000,
        error_messages={"required": "Say what was decided."},
    )
    reason = TextField(
        label="Why?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why."},
    )
    acts_next = LineField(
        label="Who acts next?",
        help_text="Who does what: Luton leads, and posts its first update in two weeks.",
        max_length=200,
        error_messages={"required": "Say who acts next."},
    )
    review_on = DateField(
        label="When is it looked at again?",
        help_text="In six months, for example. From that day it waits for you on your home page, until you give it "
        "another day or none.",
        required=False,
    )
    tells = forms.BooleanField(
        label="Mail this to those who could vote",
        help_text="It goes once: nobody is mailed a later correction. You see the mail first.",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, may_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_tell:
            del self.fields["tells"]


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
    purposes = RowsField(
        label="Which purposes of the Alliance does it serve?",
        help_text="At least one. Where you choose none, it has those of its discovery.",
        queryset=Purpose.objects.of_the_alliance(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
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
