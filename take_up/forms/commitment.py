from typing import Any

from django import forms

from accounts.models import User
from core.forms import NumberField, RowField
from councils.models import Membership, Organisation
from councils.permissions import councils_of
from take_up.forms.adoption import MOST_POUNDS
from take_up.models import Commitment

MOST_DAYS = 1000


class CommitmentForm(forms.Form):
    """What a council would do for an asset."""

    council = RowField(Organisation.objects.none(), label="Which council?", empty_label=None)
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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
        fields: dict[str, Any] = self.fields
        fields["council"].queryset = Organisation.objects.filter(pk__in=[each.pk for each in councils])
        fields["council"].initial = councils[0].pk if councils else None

    def clean_officer_days(self) -> int:
        return int(self.cleaned_data["officer_days"] or 0)

    def clean_co_fund(self) -> int:
        return int(self.cleaned_data["co_fund"] or 0)
