"""The forms of a vote, one for each way to vote."""

from typing import Any

from django import forms

from core.forms import RowsField
from voting.ballots.models import Ballot, Option
from voting.ballots.rules import method_of
from voting.methods.values import VoteMark


class VoteForm(forms.Form):
    """What one person votes for. Anything but options of this ballot is one error at the field.

    `token` tells a form that is sent again from another; `marks` is the vote as plain values.
    """

    token = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ballot: Ballot, options: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.options = ballot, options

    @property
    def marks(self) -> tuple[VoteMark, ...]:
        raise NotImplementedError

    @property
    def answers(self) -> dict[str, Any]:
        return {"marks": self.marks, "token": self.cleaned_data["token"]}


class TicksForm(VoteForm):
    """The options that one person ticked."""

    options_field = RowsField(
        label="Options",
        queryset=Option.objects.none(),
        widget=forms.CheckboxSelectMultiple,  # ids as on the ballot, so that an error links to the first box
        required=False,  # the operation refuses with the words of the rule
        error_messages={
            "invalid_choice": "Tick only options of this vote.",
            "invalid_list": "Tick only options of this vote.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["options"] = self.fields.pop("options_field")
        field.queryset = self.ballot.options.all()  # type: ignore[attr-defined]  # a model choice field has one

    @property
    def marks(self) -> tuple[VoteMark, ...]:
        return tuple(VoteMark(option.pk) for option in self.cleaned_data["options"])


FORMS: dict[str, type[VoteForm]] = {
    Ballot.Method.APPROVAL: TicksForm,
    Ballot.Method.SINGLE: TicksForm,
}


def form_of(ballot: Ballot) -> type[VoteForm]:
    """The form of a ballot's method."""
    return FORMS[method_of(ballot).key]
