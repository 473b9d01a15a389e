"""What the calculator for all councils asks."""

from decimal import Decimal
from typing import Any

from django import forms

from surveys.waves.extrapolation import MOST_YEARS, RULE_WORDS, Extrapolation

_DECORATION = str.maketrans("", "", "£,% \u00a0")


class _PlainDecimal(forms.DecimalField):
    """£1,401,316 or 64.9%."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.translate(_DECORATION) if isinstance(value, str) else value)


class _PlainWhole(forms.IntegerField):
    """353 or 1,000."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.translate(_DECORATION) if isinstance(value, str) else value)


def _messages(sentence: str) -> dict[str, str]:
    return dict.fromkeys(
        ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
        sentence,
    )


class ExtrapolationForm(forms.Form):
    """From those who report savings to all councils."""

    share = _PlainDecimal(
        label="Share of councils that report a saving", help_text="In per cent, as in 64.9", min_value=0, max_value=100,
        decimal_places=4, error_messages=_messages("Enter a share from 0 to 100, as in 64.9."),
    )  # fmt: skip
    average = _PlainDecimal(
        label="Average saving of those who report one", help_text="In pounds a year, as in 1,401,316", min_value=0,
        max_value=10**11, decimal_places=2, error_messages=_messages("Enter a sum in pounds, as in 1,401,316."),
    )  # fmt: skip
    councils = _PlainWhole(
        label="How many councils there are", help_text="As in 353, those of England", min_value=0, max_value=100_000,
        error_messages=_messages("Enter a whole number of councils up to 100,000, as in 353."),
    )  # fmt: skip
    rule = forms.ChoiceField(
        label="How part of a council is rounded", choices=list(RULE_WORDS.items()), widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how part of a council is rounded."),
    )  # fmt: skip
    growth = _PlainDecimal(
        label="Growth a year", help_text="In per cent; 0 for none", min_value=-99, max_value=50, decimal_places=2,
        error_messages=_messages("Enter a growth from -99 to 50 per cent, as in 0 or 2.5."),
    )  # fmt: skip
    years = _PlainWhole(
        label="Over how many years", min_value=1, max_value=MOST_YEARS,
        error_messages=_messages(f"Enter a whole number of years from 1 to {MOST_YEARS}."),
    )  # fmt: skip

    def extrapolation(self, **other: Any) -> Extrapolation:
        """What was entered, worked out; `other` in place of some of it."""
        return Extrapolation(**{**self.cleaned_data, **other})


def defaults(share: Decimal, average: Decimal, councils: int) -> dict[str, Any]:
    """What the report of a wave puts in: it rounds up, and says nothing of growth."""
    return {"share": share, "average": average, "councils": councils, "rule": "up", "growth": 0, "years": 10}
