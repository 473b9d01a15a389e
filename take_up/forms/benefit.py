from typing import Any

from django import forms

from core.forms import LineField, TextField
from councils.kinds import Tier
from design_system.forms import DateField
from take_up.models import Benefit

WAYS = [(way.value, way.label) for way in Benefit.WAYS]


def which_way(*, required: bool) -> forms.ChoiceField:
    """What is asked of a case study's figure once it is measured again."""
    return forms.ChoiceField(
        label="Which way is better?",
        choices=WAYS,
        widget=forms.RadioSelect,
        required=required,
        help_text="The figures of a case study do not say it. It is asked once, with a later figure.",
        error_messages={"required": "Say which way is better."},
    )


class ClaimForm(forms.Form):
    """What is promised, beside what it is today."""

    title = LineField(
        label="What gets better?",
        help_text="Agreements per council a month",
        max_length=160,
        error_messages={"required": "Say what gets better."},
    )
    unit = LineField(label="Unit", help_text="Visits, days, £ a year", max_length=40)
    better = forms.ChoiceField(
        label="Which way is better?",
        choices=WAYS,
        widget=forms.RadioSelect,
        required=False,
        help_text="Leave it out where what it is now says it.",
    )
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
    tier = forms.ChoiceField(
        label="For which councils?",
        choices=[("", "For no number of councils: for each that uses it"), *Tier.choices],
        help_text="They are counted as at the day of the promise. It is kept once all of them have what was promised.",
        required=False,
    )
    claimed_in = LineField(
        label="Where is it promised?",
        help_text="Plan for the launch, case study",
        max_length=200,
        error_messages={"required": "Say where it is promised."},
    )
    claimed_on = DateField(label="When?", error_messages={"required": "Say when it was promised."})
    due_on = DateField(
        label="By when is it to be reached?", help_text="Leave it empty for a year after the promise.", required=False
    )


class MeasurementForm(forms.Form):
    """What was measured, on how many, and when."""

    value = forms.DecimalField(
        label="Result",
        max_digits=14,
        decimal_places=2,
        error_messages={"required": "Give the result as a number."},
    )
    value_words = LineField(
        label="Result in words", help_text="Where it is a range: 200 to 300", max_length=80, required=False
    )
    measured_on = DateField(label="Measured on", error_messages={"required": "Say when it was measured."})
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
    source = LineField(
        label="Where can the result be read?", help_text="A report or its address", max_length=200, required=False
    )

    better = which_way(required=True)

    def __init__(self, *args: Any, promise: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not promise.asks_which_way:
            del self.fields["better"]


class ExplanationForm(forms.Form):
    """Why a promise was missed."""

    explanation = TextField(
        label="Why was it missed, and what follows from that?",
        help_text="Everybody can read it. No names of people.",
        max_length=2000,
        error_messages={"required": "Say why it was missed."},
    )


class TurnDownForm(forms.Form):
    """Why a measurement is turned down."""

    because = TextField(
        label="Why does it not hold, and what would put it right?",
        help_text="It is mailed to whoever reported it, and stands on the promise’s page for those who may measure it.",
        max_length=500,
        error_messages={"required": "Say why it does not hold: whoever reported it waits for your words."},
    )


class PlanForm(forms.Form):
    """How many councils are meant to use it, by when."""

    councils = forms.IntegerField(
        label="How many councils are meant to use it?",
        min_value=1,
        max_value=1000,
        error_messages={"required": "Say how many councils."},
    )
    by_day = DateField(label="By when?", error_messages={"required": "Say by when."})

    def __init__(self, *args: Any, base: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["councils"].help_text = base
