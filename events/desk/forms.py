"""The form of the desk."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse

from core.forms import OF_SOMEBODY_ELSE, LineField
from core.words import series
from councils.lists import council_named
from councils.models import Organisation
from events.event.forms import KindField, offer_kinds
from events.event.models import Event
from events.event.people import SOMEBODY_ELSE, ParticipantKind
from events.event.queries import brings_prototypes


class OrganisationNamed(LineField):
    """An organisation by its name as people type it; one of several is asked about."""

    def clean(self, value: Any) -> Organisation | None:
        name = super().clean(value)
        if not name:
            return None
        if found := council_named(name):
            return found
        is_like = Q(name__icontains=name) | Q(official_name__icontains=name)
        meant = list(Organisation.objects.in_force().filter(is_like)[:6])
        exact = [each for each in meant if name.casefold() in {each.name.casefold(), each.full_name.casefold()}]
        if len(exact or meant) == 1:
            return (exact or meant)[0]
        if meant:
            names = series((each.full_name for each in meant[:5]), last="or")
            raise forms.ValidationError(f"Which one do you mean: {names}? Enter its whole name.")
        raise forms.ValidationError("We know no organisation of this name. Leave it empty to let them in all the same.")

    def prepare_value(self, value: Any) -> Any:
        return value.full_name if isinstance(value, Organisation) else value


class OffTheRollForm(forms.Form):
    """Whether somebody whose check-in is undone is struck from the roll of an open vote as well."""

    off_the_roll = forms.TypedChoiceField(
        choices=[("yes", "Undo, and strike them from the roll"), ("no", "Undo, and leave them on the roll")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
    )


class KindAtTheDoor(KindField):
    """The kind of somebody who walks in; somebody else where none was said, as by a page from before it was asked."""

    def clean(self, value: str) -> ParticipantKind | None:
        return super().clean(value or SOMEBODY_ELSE)


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
        help_text="If they say one: they can sign in with a code sent to it. Without one they are in too.",
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        required=False,
    )
    organisation = OrganisationNamed(
        label="Organisation",
        help_text="Begin to type its name. Left empty, it is the one that they belong to, if we know it.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=OF_SOMEBODY_ELSE),
    )
    for_themselves = forms.BooleanField(label="They come for themselves, not for an organisation", required=False)
    kind = KindAtTheDoor(label="Kind", initial=SOMEBODY_ELSE)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggested_by = reverse("events:desk_organisations", args=[event.slug])
        self.fields["organisation"].widget.attrs["data-pick"] = suggested_by
        if brings_prototypes(event):
            vote = "they can sign in with a code sent to it, and vote"
            self.fields["email"].help_text = f"If they say one: {vote}. Without one they are in too."
        offer_kinds(self, event)
