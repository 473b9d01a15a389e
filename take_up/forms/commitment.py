from typing import Any

from django import forms

from core.forms import NumberField
from take_up.forms.adoption import MOST_DAYS, MOST_POUNDS
from take_up.forms.council import OfOwnCouncilForm
from take_up.models import Commitment


class CommitmentForm(OfOwnCouncilForm):
    """What a council would do for an asset."""

    would = forms.ChoiceField(
        label="What would your council do?",
        choices=[
            (Commitment.Would.USE, "Use it"),
            (Commitment.Would.PILOT, "Pilot it"),
            (Commitment.Would.HELP, "Neither, but help with it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what your council would do."},
    )
    officer_days = NumberField(
        label="How many days of officer time would you give?",
        help_text="In all, over the six months. Leave it empty for none.",
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    co_fund = NumberField(
        label="Up to how much would you co-fund?",
        help_text="In pounds. Leave it empty for nothing.",
        unit="£",
        min_value=0,
        max_value=MOST_POUNDS,
        required=False,
    )
    may_be_listed = forms.BooleanField(
        label="Our council may be named on the page",
        help_text="Without this it is counted, and named to the owner and the Alliance’s editors only.",
        required=False,
        initial=True,
    )

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned values as `commit_to_asset` takes them."""
        given = self.cleaned_data
        return {**given, "officer_days": given["officer_days"] or 0, "co_fund": given["co_fund"] or 0}
