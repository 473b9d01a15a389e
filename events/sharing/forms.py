"""Forms with which the places of an event are shared out."""

from typing import Any

from django import forms

from core.forms import LineField
from councils.kinds import Kind
from design_system.forms import DateTimeField

MOST_PLACES = 100_000


class PoolForm(forms.Form):
    """The form of a pool: for whom, how many places, until when."""

    name = LineField(
        label="Who are they for?",
        help_text="As in “3 places left for districts”.",
        max_length=60,
        error_messages={"required": "Say who the places are for."},
    )
    organisation_kinds = forms.MultipleChoiceField(
        label="Whoever comes for one of these may have a place",
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind of organisation."},
    )
    places = forms.IntegerField(
        label="How many places are kept for them?",
        min_value=1,
        max_value=MOST_PLACES,
        error_messages={"required": "Enter how many places are kept.", "min_value": "A pool has at least one place."},
    )
    releases_at = DateTimeField(
        label="Until when?",
        help_text="From then on, what is left goes to those who wait, in order. Leave empty to keep them to the start.",
        required=False,
    )

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `add_pool` and `change_pool` take them."""
        return dict(self.cleaned_data)


class ShareOutForm(forms.Form):
    """The form of how long an offer lasts and how many places one council may have."""

    offer_hours = forms.IntegerField(
        label="How many hours has whoever is next to accept a place?",
        help_text="An offer never lasts past a day before the start; after that a place is theirs at once. 0 gives "
        "every place at once.",
        min_value=0,
        max_value=720,
        error_messages={"required": "Enter the hours as a number, like 48."},
    )
    council_cap = forms.IntegerField(
        label="Most places of one council",
        help_text="Leave empty for no limit. Whoever is over it waits.",
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
    )
    council_cap_until = DateTimeField(
        label="Until when?",
        help_text="From then on, what is left goes to those who wait, in order.",
        required=False,
    )

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `share_out` takes them."""
        return dict(self.cleaned_data)
