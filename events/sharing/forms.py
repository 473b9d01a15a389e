"""Forms with which the places of an event are shared out."""

from typing import Any

from django import forms

from core.forms import LineField, RowsField
from councils.kinds import Kind
from design_system.forms import DateTimeField
from events.event.forms import choose
from events.event.models import Event
from events.event.people import GONE, ParticipantKind

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
        label="Which kinds of organisation do they come for?",
        help_text="Choose none if it does not matter.",
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    participant_kinds = RowsField(
        label="Which kinds of people are they?",
        help_text="Choose none if it does not matter. If you choose in both lists, each of them has to be of both.",
        queryset=ParticipantKind.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": GONE, "invalid_pk_value": GONE},
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

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = event.participant_kinds.all()
        if kinds:
            choose(self, "participant_kinds", kinds)
        else:
            del self.fields["participant_kinds"]

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
