"""The form to ask somebody to run an event."""

from django import forms

from core.forms import OF_SOMEBODY_ELSE


class OrganiserForm(forms.Form):
    """Whom to ask."""

    email = forms.EmailField(
        label="Their e-mail address",
        help_text="We write to this address. They run the event once they have accepted, with an account that has it.",
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter their e-mail address."},
    )
