"""Forms of the board's roster."""

from django import forms

from accounts.models import User
from accounts.queries import person_at
from core.forms import OF_SOMEBODY_ELSE, RowField
from councils.kinds import COUNCIL_KINDS
from councils.models import Organisation
from design_system.forms import DateField


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


class SeatForm(forms.Form):
    """The form with which a body is given a seat."""

    organisation = RowField(
        Organisation.objects.exclude(kind__in=COUNCIL_KINDS).order_by("name"),
        label="Which body?",
        error_messages={"required": "Choose the body."},
    )
    side = forms.ChoiceField(
        label="On which side does it sit?",
        choices=[("central", "Central government"), ("local", "Local government")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say on which side it sits."},
    )
    order = forms.IntegerField(
        label="Its place on the roster",
        help_text="The first body of each side hosts meetings by turns.",
        min_value=1,
        max_value=99,
        error_messages={"required": "Give it a place on the roster."},
    )
    since = DateField(label="From which day?", help_text="Leave it empty for today.", required=False)


class EndSeatForm(forms.Form):
    """The form with which a body's seat ends."""

    until = DateField(
        label="Which is its last day on the board?", error_messages={"required": "Say which is its last day."}
    )
