"""The forms of a wave that is run here: a page of answers, hand-in and receipt; inviting; the day it closes."""

from typing import Any

from django import forms

from core.forms import LineField, TextField
from questions.forms import AnswersForm
from questions.models import Question
from surveys.fieldwork.sealed import MOST_WRITTEN


class PageForm(AnswersForm):
    """One page of the questionnaire. Everything may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_draft=True, **kwargs)
        for question in self.questions:
            if question.kind == Question.Kind.LONG_TEXT:
                self.fields[f"q-{question.key}"] = TextField(
                    label=question.words,
                    help_text=self.fields[f"q-{question.key}"].help_text,
                    required=False,
                    max_length=MOST_WRITTEN,
                    widget=forms.Textarea(attrs={"rows": 5}),
                )


class HandInForm(forms.Form):
    """The button that hands in; its token tells a form that is sent again from another."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class ReceiptForm(forms.Form):
    """The form with which somebody takes their answers back."""

    receipt = LineField(
        label="Your receipt",
        help_text="Ten letters and digits, such as K7F2Q-DM4XP.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the receipt that you were shown when you handed in."},
    )
