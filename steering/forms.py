"""Forms of the secretariat."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.queries import person_at
from core import clock
from core.forms import OF_SOMEBODY_ELSE, LineField, RowField, RowsField, TextField
from design_system.forms import DateField
from steering.models import BoardSeat, Meeting
from steering.queries.cases import cases_waiting


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


class RepresentativeForm(forms.Form):
    """The form of who votes for a body: the address of an account, or nobody."""

    person = forms.EmailField(
        label="E-mail address of their account",
        help_text="Leave it empty if nobody votes for the body.",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"invalid": "Enter an e-mail address like name@council.gov.uk."},
    )

    def clean_person(self) -> User | None:
        """The person with that e-mail address and an open account; None where it was left empty."""
        if not (address := self.cleaned_data["person"]):
            return None
        person = person_at(address)
        if person is None or not person.is_active:
            raise forms.ValidationError("Nobody has an account with this address. They can make one first.")
        return person


class MotionForm(forms.Form):
    """The form of what the board is asked to decide by e-mail."""

    business_case = RowField(
        cases_waiting(), label="Which business case is it about?", empty_label="None: something else", required=False
    )
    title = LineField(
        label="What is asked, in a line?",
        help_text="For example: accept the business case of the waste standards",
        max_length=160,
        error_messages={"required": "Say what the board is asked."},
    )
    wording = TextField(
        label="The decision, word for word",
        help_text="As it stands in the register if more bodies are for it than against.",
        max_length=2000,
        error_messages={"required": "Write down what would be decided."},
    )
    closes_on = DateField(
        label="Until which day do the bodies vote?",
        help_text="The vote closes at the end of that day.",
        error_messages={"required": "Say until which day the bodies vote."},
    )


class ConcludeForm(forms.Form):
    """The form with which the result of a motion is shown and recorded."""

    review_on = DateField(
        label="When is the decision looked at again?", help_text="In six months, for example", required=False
    )


class MeetingForm(forms.Form):
    """The form of a meeting that was held, with the bodies present."""

    day = DateField(label="On which day?", error_messages={"required": "Say when it was held."})
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

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and day > clock.today():
            raise forms.ValidationError("A meeting is written down once it has been held.")
        return day


class ViewNameForm(forms.Form):
    """The name under which somebody keeps a view of the portfolio."""

    name = LineField(
        label="What do you call it?",
        max_length=80,
        error_messages={"required": "Give it a name."},
    )
