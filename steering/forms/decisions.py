"""Forms of decisions and of their reviews."""

from typing import Any

from django import forms

from core.forms import RowField, TextField
from design_system.forms import DateField
from steering.models import Meeting


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
