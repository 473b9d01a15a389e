"""Forms of the editors of the search."""

from typing import Any

from django import forms

from core.forms import LineField, TextField
from search.models import PinnedSearch
from search.models.editors import LONGEST_PHRASE


class SynonymsForm(forms.Form):
    """The form of a group of synonyms, and a search to try it with."""

    phrases = TextField(
        label="Words that mean the same",
        help_text="One word or phrase a line. A search for one of them also finds the others.",
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write the words that mean the same, one a line."},
    )
    query = LineField(
        label="Try a search",
        help_text="What does it match with these words? “Try” saves nothing.",
        max_length=200,
        required=False,
    )

    @property
    def answers(self) -> dict[str, Any]:
        return {"phrases": self.cleaned_data["phrases"].splitlines()}


class PinForm(forms.Form):
    """The form of what is shown first for some words; `choices` are the records to choose from.

    `in_place_of` is what was pinned before, where that is changed.
    """

    words = LineField(
        label="When somebody searches for",
        help_text="All their words, in whatever form: bins also stands for bin.",
        max_length=LONGEST_PHRASE,
        error_messages={"required": "Write the words of the search."},
    )
    first = forms.ChoiceField(label="Shown first", required=False)
    second = forms.ChoiceField(label="Shown second", required=False)
    third = forms.ChoiceField(label="Shown third", required=False)

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], in_place_of: PinnedSearch | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.in_place_of = in_place_of
        for name in ("first", "second", "third"):
            field = self.fields[name]
            field.choices = [("", "Nothing"), *choices]  # type: ignore[attr-defined]  # made above
            field.error_messages["invalid_choice"] = "Choose one of the records listed."

    @property
    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        keys = [given["first"], given["second"], given["third"]]
        return {"words": given["words"], "keys": keys, "in_place_of": self.in_place_of}
