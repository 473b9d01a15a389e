from django import forms

from core.forms import LineField
from design_system.forms import DateField
from take_up.models import Benefit
from take_up.queries.promises import STATES


class ClaimForm(forms.Form):
    """What is promised, beside what it is today."""

    title = LineField(
        label="What gets better?",
        help_text="Agreements per council a month",
        max_length=160,
        error_messages={"required": "Say what gets better."},
    )
    unit = LineField(label="Unit", help_text="Visits, days, £ a year", max_length=40)
    baseline = forms.DecimalField(
        label="What is it now?",
        help_text="Leave it empty only where nobody has measured it.",
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    baseline_on = DateField(label="Measured on", required=False)
    claimed = forms.DecimalField(
        label="What is promised?",
        max_digits=14,
        decimal_places=2,
        error_messages={"required": "Say what is promised, as a number."},
    )
    claimed_in = LineField(
        label="Where is it promised?",
        help_text="Plan for the launch, case study",
        max_length=200,
        error_messages={"required": "Say where it is promised."},
    )
    claimed_on = DateField(label="When?", error_messages={"required": "Say when it was promised."})


class CheckForm(forms.Form):
    """What was measured, on how many, and when."""

    result = forms.DecimalField(
        label="Result",
        max_digits=14,
        decimal_places=2,
        error_messages={"required": "Give the result as a number."},
    )
    result_words = LineField(
        label="Result in words", help_text="Where it is a range: 200 to 300", max_length=80, required=False
    )
    result_on = DateField(label="Measured on", error_messages={"required": "Say when it was measured."})
    n = forms.IntegerField(
        label="Measured on how many?",
        min_value=1,
        max_value=1_000_000_000,
        error_messages={"required": "Say on how many it was measured."},
    )
    n_words = LineField(
        label="How many what?",
        help_text="councils, forms, cases",
        max_length=80,
        error_messages={"required": "Say what was counted."},
    )
    result_source = LineField(
        label="Where can the result be read?", help_text="A report or its address", max_length=200, required=False
    )
    state = forms.ChoiceField(
        label="Was the promise kept?",
        choices=[(state, words) for state, words in STATES.items() if state != Benefit.State.CLAIMED],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the promise was kept."},
    )
