"""Forms of the secretariat."""

from typing import Any

from django import forms

from core import clock
from core.forms import LineField, RowField, RowsField, TextField
from design_system.forms import DateField
from steering.models import BoardSeat, Meeting


class DecisionForm(forms.Form):
    """The form of a decision: how the bodies stood on a business case."""

    result = forms.ChoiceField(
        label="What did the board decide?",
        choices=[("accepted", "Accept the business case"), ("rejected", "Do not accept it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the board decided."},
    )
    wording = TextField(
        label="The decision, word for word",
        max_length=2000,
        error_messages={"required": "Write down the decision."},
    )
    votes_for = forms.IntegerField(
        label="Bodies for it", min_value=0, max_value=99, error_messages={"required": "How many bodies were for it?"}
    )
    votes_against = forms.IntegerField(label="Bodies against it", min_value=0, max_value=99, initial=0)
    abstentions = forms.IntegerField(label="Bodies that abstained", min_value=0, max_value=99, initial=0)
    meeting = RowField(Meeting.objects.all(), label="At which meeting?", empty_label="Between meetings", required=False)
    decided_on = DateField(
        label="On which day?", help_text="Leave it empty for the day of the meeting, or for today.", required=False
    )
    review_on = DateField(label="When is it looked at again?", help_text="In six months, for example", required=False)

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `decide_gate` takes them."""
        given = dict(self.cleaned_data)
        given["accepted"] = given.pop("result") == "accepted"
        return given


class ReviewForm(forms.Form):
    """The form of a review of a decision."""

    wording = TextField(
        label="What did the board say?",
        max_length=2000,
        error_messages={"required": "Write down what the board said."},
    )
    reviewed_on = DateField(label="On which day?", help_text="Leave it empty for today.", required=False)
    review_on = DateField(
        label="When is it looked at again?", help_text="Leave it empty if that was the last time.", required=False
    )


class MeetingForm(forms.Form):
    """The form of a meeting that was held, with the bodies present."""

    held_on = DateField(label="On which day?", error_messages={"required": "Say when it was held."})
    host = RowField(
        BoardSeat.objects.select_related("body"),
        label="Which body was host, and took the chair?",
        empty_label=None,
    )
    place = LineField(label="Where?", max_length=200, error_messages={"required": "Say where it was held."})
    present = RowsField(
        BoardSeat.objects.select_related("body"),
        label="Which bodies were there?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = TextField(label="Note", max_length=4000, required=False)

    def add_confirmation(self) -> None:
        """Add the box that confirms an unusual meeting."""
        self.fields["anyway"] = forms.BooleanField(label="It was held there all the same", required=False)

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day and day > clock.today():
            raise forms.ValidationError("A meeting is written down once it has been held.")
        return day
