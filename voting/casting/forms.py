"""The form of a vote."""

from typing import Any

from django import forms

from core.forms import RowsField
from voting.ballots.models import Ballot, Option


class VoteForm(forms.Form):
    """The options that one person ticked. Anything but options of this ballot is one error at the field."""

    options = RowsField(
        label="Prototypes",
        queryset=Option.objects.none(),
        widget=forms.CheckboxSelectMultiple,  # ids as on the ballot, so that an error links to the first box
        required=False,  # the operation refuses with the words of the rule
        error_messages={
            "invalid_choice": "Tick only prototypes of this vote.",
            "invalid_list": "Tick only prototypes of this vote.",
        },
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["options"].queryset = ballot.options.select_related("prototype")  # type: ignore[attr-defined]  # a model choice field has one
