"""The five figures of a business case, as people write figures: with pounds, commas and per cent."""

from typing import Any

from django import forms

from projects.sums.checks import MOST_TRANSACTIONS

_DECORATION = str.maketrans("", "", "£,% \u00a0")


class AmountField(forms.DecimalField):
    """£1,200.50, 1200.5 or 40%."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.translate(_DECORATION) if isinstance(value, str) else value)


class WholeField(forms.IntegerField):
    """120,000 or 120000."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.translate(_DECORATION) if isinstance(value, str) else value)


def volume(label: str) -> WholeField:
    """The field of how many there are a year."""
    return WholeField(
        label=label,
        help_text="Over all councils in scope, as in 120,000",
        min_value=0,
        max_value=MOST_TRANSACTIONS,
        error_messages={
            "required": "Enter how many transactions there are a year.",
            "invalid": "Enter a whole number, as in 120,000.",
            "min_value": "Enter a number of 0 or more.",
            "max_value": "Enter a number up to two thousand million.",
        },
    )


def amount(label: str, hint: str, *, digits: int = 9, places: int = 2, most: int | None = None) -> AmountField:
    """The field of an amount in pounds or per cent."""
    return AmountField(
        label=label,
        help_text=hint,
        max_digits=digits,
        decimal_places=places,
        min_value=0,
        max_value=most,
        error_messages={
            "required": "Enter a figure. If it is a guess, say so in the words.",
            "invalid": "Enter a figure, as in 4.20.",
            "min_value": "Enter a figure of 0 or more.",
            "max_value": "Enter a figure of %(limit_value)s or less.",
        },
    )


class SumsForm(forms.Form):
    """Volume, cost, saving, take-up and what it costs once."""

    volume = volume("Transactions a year")
    unit_cost_now = amount("Cost of one today, in £", "As in 10.10")
    saving_per_unit = amount("Saved on each that moves, in £", "No more than one costs today")
    take_up = amount("Take-up assumed, in %", "Of the transactions, how many move: 40", digits=4, places=1, most=100)
    one_off_cost = amount("One-off cost, in £", "To build it and to launch it", digits=12)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        now, saved = found.get("unit_cost_now"), found.get("saving_per_unit")
        if now is not None and saved is not None and saved > now:
            self.add_error("saving_per_unit", "No more can be saved per transaction than one costs today.")
        return found
