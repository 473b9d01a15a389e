"""The forms of a wave that is run here: a page of answers, hand-in and receipt; inviting; the day it closes."""

from typing import Any

from django import forms

from core.forms import OF_SOMEBODY_ELSE, LineField, TextField, check_address
from design_system.forms import DateTimeField
from questions.forms import AnswersForm
from questions.models import Question
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.operations import Person
from surveys.fieldwork.queries import roles_of
from surveys.fieldwork.reading import LARGEST, LONGEST, read_people, whole_directory
from surveys.fieldwork.sealed import MOST_WRITTEN


class AnswersPageForm(AnswersForm):
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
            self.fields[f"q-{question.key}"].says_optional = False  # type: ignore[attr-defined]  # of the design system


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


class InvitationForm(forms.Form):
    """One person to invite."""

    organisation = LineField(
        label="Organisation",
        help_text="Its name or address in the directory, such as Harlow.",
        max_length=160,
        widget=forms.TextInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={"required": "Enter the organisation for which this person answers."},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="Their own link goes there.",
        max_length=254,
        widget=forms.EmailInput(attrs=OF_SOMEBODY_ELSE),
        error_messages={
            "required": "Enter their e-mail address.",
            "invalid": "Enter an e-mail address like name@council.gov.uk.",
        },
    )
    name = LineField(label="Name", max_length=LONGEST, required=False, widget=forms.TextInput(attrs=OF_SOMEBODY_ELSE))
    title = LineField(
        label="Job title",
        help_text="Suggests the level by which answers are compared. Deleted when the survey closes.",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs=OF_SOMEBODY_ELSE),
    )
    role = forms.ChoiceField(label="Role", help_text="As in the questionnaire, where you know it.", required=False)

    def __init__(self, *args: Any, fieldwork: Fieldwork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [("", "Not known"), *roles_of(fieldwork).items()]

    def clean_organisation(self) -> Any:
        return whole_directory().named(self.cleaned_data["organisation"])

    def clean_email(self) -> str:
        check_address(self.cleaned_data["email"])
        return str(self.cleaned_data["email"]).lower()


class PeopleForm(forms.Form):
    """A file of people to invite."""

    file = forms.FileField(
        label="File of people",
        help_text="CSV in UTF-8, up to 1 MB and 5,000 lines.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        error_messages={"required": "Choose the file.", "empty": "This file is empty."},
    )

    def __init__(self, *args: Any, fieldwork: Fieldwork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fieldwork = fieldwork

    def clean_file(self) -> list[Person]:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("This file is larger than 1 MB. Send it in parts.")
        return read_people(file.read(), whole_directory(), roles_of(self.fieldwork))

    @property
    def answers(self) -> dict[str, Any]:
        return {"people": self.cleaned_data["file"]}


class CloseForm(forms.Form):
    """When a wave closes."""

    closes_at = DateTimeField(
        label="When does it close?",
        help_text="No answer is taken from then on.",
        error_messages={"required": "Enter the day and hour at which it closes."},
    )
