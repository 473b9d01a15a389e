"""Forms of the board's roster."""

from django import forms

from accounts.models import User
from accounts.queries import person_at
from core.forms import OF_SOMEBODY_ELSE


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
