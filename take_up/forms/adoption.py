from django import forms

from core import clock
from core.forms import LineField, NumberField, TextField
from design_system.forms import DateField
from take_up.forms.council import OfOwnCouncilForm
from take_up.models import Adoption

MOST_POUNDS = 100_000_000
MOST_DAYS = 1000


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
    officer_days = NumberField(
        label="How many days of officer time did it take to put in place?",
        help_text="All in all, roughly. Leave it empty where you do not know. It is shown only as a span, and once "
        "three councils or more have said.",
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    avoided_cost = NumberField(
        label="What cost did you avoid by reusing it?",
        unit="£",
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

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day and day > clock.today():
            raise forms.ValidationError("Give a day that has come. Plans are not counted.")
        return day


class AdoptionForm(OfOwnCouncilForm, AdoptionChangeForm):
    """The same, with the council that uses it."""
