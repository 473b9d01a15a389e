"""The form of a fact card."""

import datetime as dt
from typing import Any

from django import forms

from core.forms import LineField, NumberField, RowField, TextField
from core.links import check_page
from core.words import month_in_words
from design_system.fields import OnlyIf
from kpis.facts.models import FactCard, FactQuestion

Bound, Precision = FactCard.Bound, FactCard.Precision
_MONTHS = [(str(n), month_in_words(dt.date(2000, n, 1), with_year=False)) for n in range(1, 13)]
_NUMBER = {"max_digits": 15, "decimal_places": 2, "min_value": 0}


class FactCardForm(forms.Form):
    """What a source says, in its own words."""

    printed = LineField(
        label="The number, as its source prints it", max_length=40, help_text="“570m”, “more than 700”, “c60%”"
    )
    number = NumberField(label="The same in digits", help_text="570,000,000. Of a range its lower end", **_NUMBER)
    bound = forms.ChoiceField(label="How is it meant?", choices=Bound.choices, widget=forms.RadioSelect)
    number_to = NumberField(label="To which number?", required=False, **_NUMBER)
    number_to.only_if = OnlyIf("bound", (Bound.RANGE,), "For a range only")
    unit = LineField(
        label="What is counted?",
        max_length=120,
        help_text="“transactions a year with councils”. Money begins with “£ ”, a share with “% ”",
    )
    source = LineField(label="Who said it, and where?", max_length=200, help_text="Name, title of the paper, its date")
    source_url = forms.URLField(
        label="Address on the web", required=False, max_length=200, assume_scheme="https", validators=[check_page]
    )
    year = forms.IntegerField(label="Year in which it was said", min_value=1900, max_value=2100)
    month = forms.ChoiceField(label="Month", choices=[("", "Not known"), *_MONTHS], required=False)
    day = forms.IntegerField(label="Day of the month", min_value=1, max_value=31, required=False)
    basis = TextField(label="What exactly was counted?", max_length=600, help_text="In the source’s words, as a quote")
    method = LineField(
        label="What kind of number is it?", max_length=120, help_text="“Rounded estimate; no method given”"
    )
    note = TextField(label="What else should a reader know?", required=False, max_length=600)
    is_for_scale = forms.BooleanField(
        label="It answers nothing itself: it stands beside the answers to show their size", required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        number, to = given.get("number"), given.get("number_to")
        if given.get("bound") != Bound.RANGE:
            given["number_to"] = None
        elif to is None and "number_to" not in self.errors:
            self.add_error("number_to", "Give the upper end of the range.")
        elif number is not None and to is not None and to <= number:
            self.add_error("number_to", "The upper end is larger than the lower one.")
        if given.get("day") and not given.get("month"):
            self.add_error("month", "Choose the month of that day.")
        return given | self._said_on(given)

    def _said_on(self, given: dict[str, Any]) -> dict[str, Any]:
        """The day on which it was said, and how exactly that is known."""
        year, month, day = given.get("year"), int(given.get("month") or 0), given.get("day")
        if not year:
            return {}
        precision = Precision.DAY if day and month else Precision.MONTH if month else Precision.YEAR
        try:
            return {"said_on": dt.date(year, month or 1, day or 1), "said_to": precision}
        except ValueError:
            self.add_error("day", "That month has no such day.")
            return {}

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of a card."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"year", "month", "day"}}


class NewFactForm(FactCardForm):
    """A card under a question."""

    question = RowField(
        FactQuestion.objects.all(), label="Which question does it answer?", required=False, empty_label="A new one"
    )
    new_question = LineField(
        label="The new question", max_length=120, required=False, help_text="“How many services does a council run?”"
    )

    field_order = ("question", "new_question")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("question") and not given.get("new_question") and "question" not in self.errors:
            self.add_error("new_question", "Choose a question, or write a new one.")
        return given
