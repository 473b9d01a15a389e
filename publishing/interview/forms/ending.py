"""The last two pages: a picture, and the whole in sixty words."""

from typing import Any

from django import forms

from core.forms import LineField, TextField
from core.pictures import PictureField
from publishing.forms import check_description
from publishing.interview.drafting import MOST_CHARACTERS, MOST_WORDS
from publishing.interview.forms.page import InterviewForm


class InterviewPictureForm(InterviewForm):
    """A picture, which says what it shows."""

    picture = PictureField(label="Picture", help_text="JPEG, PNG or WebP, up to 5 MB", required=False)
    description = LineField(
        label="What it shows",
        help_text="In a sentence, for people who cannot see it: “A crew empties a bin and ticks it off in the cab”",
        max_length=255,
        required=False,
    )
    credit = LineField(
        label="Who made it", help_text="And under which licence, if you know", max_length=160, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.interview.picture:
            self.fields["picture"].label = "Another picture instead"
            # No answer of the interview: what it asks for is done, and it is asked anew.
            self.fields["without_picture"] = forms.BooleanField(label="Take the picture out", required=False)
            self.order_fields(["without_picture", "picture", "description", "credit"])
        self.fields["description"].says_optional = False  # type: ignore[attr-defined]  # read by the renderer

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        keeps_it = self.interview.picture and not said.get("without_picture")
        if (said.get("picture") or keeps_it) and "description" not in self.errors:
            try:
                if not said.get("description"):
                    raise forms.ValidationError("Say in a sentence what the picture shows.")
                said["description"] = check_description(said["description"])
            except forms.ValidationError as problem:
                self.add_error("description", problem)
        return said


class InterviewSummaryForm(InterviewForm):
    """The whole in sixty words, and whom to ask."""

    summary = TextField(
        label="Summary",
        help_text="It stands in lists and in the newsletter",
        most_words=MOST_WORDS,
        max_length=MOST_CHARACTERS,
        error_messages={"required": "Sum it up in a sentence or two."},
    )
    contact = LineField(
        label="Whom to ask",
        help_text="A team’s name or shared mailbox, rather than a person",
        max_length=120,
        required=False,
    )
