from typing import Any

from django import forms

from accounts.models import User
from core import clock
from core.forms import LineField, NumberField, RowField, TextField
from councils.models import Membership, Organisation
from councils.permissions import councils_of
from design_system.forms import DateField
from take_up.models import Adoption

MOST_POUNDS = 100_000_000


class AdoptionChangeForm(forms.Form):
    """How far a council's use of an asset has come."""

    status = forms.ChoiceField(
        label="How far are you?",
        choices=Adoption.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far you are."},
    )
    since = DateField(label="Since when?", error_messages={"required": "Say since when."})
    version = LineField(label="Which version?", max_length=40, required=False)
    what_we_changed = TextField(
        label="What did you change?",
        help_text="So that the next council knows what to expect. No names of people.",
        max_length=2000,
        required=False,
    )
    avoided_cost = NumberField(
        label="What cost did you avoid by reusing it?",
        help_text="In pounds, your own estimate: what building or buying it alone would have cost you, less what you "
        "spent. Leave it empty where you do not know. It is shown only in the sum of five councils or more.",
        min_value=0,
        max_value=MOST_POUNDS,
        required=False,
    )
    may_be_listed = forms.BooleanField(
        label="Our council may be named on the page",
        help_text="Without this it is counted, and named to the asset’s owner and the Alliance’s editors only. "
        "You can change it at any time.",
        required=False,
        initial=True,
    )

    def clean_avoided_cost(self):
        cost = self.cleaned_data["avoided_cost"]
        return None if cost is None else int(cost)

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day and day > clock.today():
            raise forms.ValidationError("Give a day that has come. Plans are not counted.")
        return day


class AdoptionForm(AdoptionChangeForm):
    """The same, with the council that uses it."""

    council = RowField(Organisation.objects.none(), label="Which council?", empty_label=None)
    field_order = ("council",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
        fields: dict[str, Any] = self.fields
        fields["council"].queryset = Organisation.objects.filter(pk__in=[each.pk for each in councils])
        fields["council"].initial = councils[0].pk if councils else None
