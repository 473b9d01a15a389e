"""The form of the desk."""

from typing import Any

from django import forms

from core.forms import OF_SOMEBODY_ELSE, LineField
from councils.models import Organisation
from events.event.forms import KindField, OrganisationChoice, choose, offer_kinds
from events.event.models import Event
from events.event.people import SOMEBODY_ELSE
from events.event.queries import brings_prototypes


class WalkInForm(forms.Form):
    """A person who has come without having signed up."""

    name = LineField(
        label="Name",
        max_length=120,
        widget=forms.TextInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter their name."},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="They can sign in with a code sent to this address.",
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter their e-mail address."},
    )
    organisation = OrganisationChoice(
        label="Organisation",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Theirs, if we know it",
    )
    for_themselves = forms.BooleanField(label="They come for themselves, not for an organisation", required=False)
    kind = KindField(label="Kind", initial=SOMEBODY_ELSE)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organisation", Organisation.objects.in_force())
        if brings_prototypes(event):
            self.fields["email"].help_text = "They can sign in with a code sent to this address, and vote."
        offer_kinds(self, event)
