"""The form in which how far the campaign reaches is entered."""

from django import forms

from core.forms import LineField, NumberField, RowField
from design_system.forms import DateField
from kpis.reach.models import ReachMetric, ReachValue
from kpis.reach.operations import MOST


class ReachForm(forms.Form):
    """One number: of what, for when, from where."""

    metric = RowField(
        queryset=ReachMetric.objects.filter(is_counted_here=False),
        label="What was counted",
        empty_label="Choose what was counted",
        error_messages={
            "required": "Choose what was counted.",
            "invalid_choice": "Choose one of those that are entered here.",
        },
    )
    day = DateField(
        label="For when",
        help_text="Any day of the month; of a total, the day until which it was counted",
        error_messages={"required": "Enter a day of the month, or the day until which a total was counted."},
    )
    number = NumberField(
        label="The number",
        help_text="In full, as in 12,500",
        min_value=0,
        max_value=MOST,
        error_messages={
            "required": "Enter the number.",
            "invalid": "Enter a whole number, as in 12,500.",
            "min_value": "Enter a number of 0 or more.",
            "max_value": "Enter a number up to a million million.",
        },
    )
    is_at_least = forms.BooleanField(label="The source says “over” or “more than”", required=False)
    source = LineField(
        label="Where it comes from",
        max_length=200,
        help_text="The report and its page, or the service and the day on which you looked",
        error_messages={"required": "Say where the number comes from."},
    )
    note = LineField(
        label="A note", max_length=ReachValue._meta.get_field("note").max_length, required=False,
        help_text="What else one must know to read it",
    )  # fmt: skip
    takes_the_place = forms.BooleanField(
        label="It takes the place of the number that stands there",
        help_text="Only to correct one. The audit trail keeps what it was",
        required=False,
    )
