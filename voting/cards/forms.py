"""The form of a voting card's words."""

from typing import Any

from django import forms

from core.words import counted, series
from voting.ballots.sentences import MOST_CARDS
from voting.cards.secrets_in_words import LENGTH, read_secret

NO_SUGGESTIONS = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


_BETWEEN = f"Enter a number from 1 to {2 * MOST_CARDS}."


class PrintForm(forms.Form):
    """How many cards are made, and where some are printed whether those become void."""

    made = forms.IntegerField(required=False, widget=forms.HiddenInput)

    number = forms.IntegerField(
        label="How many cards?",
        help_text="Eight fill a sheet of A4.",
        min_value=1,
        max_value=2 * MOST_CARDS,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _BETWEEN),
    )
    makes_void = forms.BooleanField(label="Yes, make the printed cards void", required=False)

    def __init__(self, *args: Any, printed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if printed:
            self.fields["makes_void"].label = f"Yes, make the {counted(printed, 'printed card')} void"


class WordsForm(forms.Form):
    """The words that are printed on a voting card; `card` is then its secret."""

    card = forms.CharField(
        label="The six words on your card",
        help_text="Capitals, spaces and hyphens do not matter. The first four letters of each word are enough.",
        max_length=200,
        widget=forms.TextInput(attrs=NO_SUGGESTIONS),
        error_messages={"required": "Type the six words on your card."},
    )

    def clean_card(self) -> str:
        """The secret; else what of it is on no card, or how many words there are."""
        secret, unknown = read_secret(self.cleaned_data["card"])
        if unknown:
            raise forms.ValidationError(f"On no card: {series(unknown[:LENGTH])}. Look at yours again.")
        if not secret:
            raise forms.ValidationError(f"A card has {LENGTH} words. Type all of them, in their order.")
        return secret
