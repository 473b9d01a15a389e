"""Forms of a vote on paper."""

from functools import cache
from typing import Any

from django import forms

from core.forms import LineField, RowsField
from voting.ballots.models import Ballot, RollEntry
from voting.casting.forms import VoteForm, form_of
from voting.paper.models import SpoiltSlip

# As many as a column of slips holds.
_MOST = 32_767
MOST_PRINTED = 500
Kind = RollEntry.Kind


class EntriesField(RowsField):
    """A choice of people on a roll, with the organisation that each came for."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, entry: RollEntry) -> str:
        return f"{entry.whose}, {entry.organisation or 'no organisation'}"


class HandOutForm(forms.Form):
    """The form of who gets a slip, or where voting cards were printed a card."""

    people = EntriesField(
        label="Who gets one?",
        help_text="Whoever of them has voted keeps that vote and gets none. The others can no longer vote on a screen.",
        queryset=RollEntry.objects.none(),
        error_messages={"required": "Tick who gets one.", "invalid_choice": "Tick only people on the roll."},
    )
    kind = forms.ChoiceField(
        label="What do they get?",
        choices=[(Kind.SLIP, "A paper slip"), (Kind.CARD, "A voting card")],
        widget=forms.RadioSelect,
        initial=Kind.SLIP,
        error_messages={"required": "Choose a slip or a card."},
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = ballot.roll.standing().filter(kind=Kind.PERSON).select_related("person", "organisation")
        self.fields["people"].queryset = people.order_by("person__name", "pk")  # type: ignore[attr-defined]  # of rows
        if not (ballot.is_secret and ballot.cards.filter(is_void=False).exists()):  # type: ignore[attr-defined]  # of another subject
            del self.fields["kind"]

    @property
    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"people": [entry.person for entry in given["people"]], "kind": given.get("kind", Kind.SLIP)}


def _slips(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=_MOST,
        error_messages={"required": "Enter how many slips.", "min_value": "Enter 1 slip or more."},
        **more,
    )


class BatchForm(forms.Form):
    """The form of how many slips lie in a batch."""

    slips = _slips(
        "How many slips are in it?",
        help_text="All of them, with those that are blank or that nobody can read.",
    )


class SpoiltForm(forms.Form):
    """The form of a slip that is no vote."""

    number = forms.IntegerField(
        label="Number printed on the slip",
        min_value=1,
        max_value=_MOST,
        error_messages={
            "required": "Enter the number printed on the slip.",
            "min_value": "Slips are numbered from 1.",
        },
    )
    reason = forms.ChoiceField(
        label="Why is it no vote?",
        choices=[
            (SpoiltSlip.Reason.BLANK, "It is blank"),
            (SpoiltSlip.Reason.UNREADABLE, "Nobody can read it, or it says more than a vote may say"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say why it is no vote."},
    )


class SentBackForm(forms.Form):
    """The form of why a batch was not confirmed."""

    reason = LineField(
        label="What is different?",
        help_text="For whoever entered it, as: I count 5 slips for the first option, not 4.",
        max_length=200,
        error_messages={"required": "Say what is different."},
    )


class _PileFields(VoteForm):
    """The form of a vote, and how many slips say it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slips"] = _slips("How many slips say this?")
        self.fields["so_far"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("slips", "so_far")} | {"marks": self.marks}


@cache
def _with_slips(form: type[VoteForm]) -> type[VoteForm]:
    return type(f"Pile{form.__name__}", (_PileFields, form), {})


def pile_form_of(ballot: Ballot) -> type[VoteForm]:
    """The ballot's own form, with how many slips say what is filled in."""
    return _with_slips(form_of(ballot))


class SlipsToPrintForm(forms.Form):
    """The form of how many slips are printed, numbered from which on."""

    slips = _slips("How many slips?")
    first = forms.IntegerField(
        label="Number of the first slip",
        help_text=f"Where you print more than {MOST_PRINTED}, go on with the number after the last: no two are alike.",
        min_value=1,
        max_value=_MOST - MOST_PRINTED,
        required=False,
        error_messages={"min_value": "Slips are numbered from 1."},
    )

    def clean_first(self) -> int:
        return self.cleaned_data["first"] or 1

    def clean_slips(self) -> int:
        if self.cleaned_data["slips"] > MOST_PRINTED:
            raise forms.ValidationError(f"Print at most {MOST_PRINTED} at a time.")
        return int(self.cleaned_data["slips"])
