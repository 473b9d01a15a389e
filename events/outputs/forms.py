"""The form of something that came out of a day."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.documents import DocumentField
from core.forms import LineField
from core.links import check_page
from events.outputs.models import Output


class OutputForm(forms.Form):
    """Slides, a recording, notes or a decision: a link or a document."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Output.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is."},
    )
    title = LineField(
        label="Title",
        help_text="As people read it on the page of the event.",
        max_length=120,
        error_messages={"required": "Enter a title."},
    )
    link = forms.URLField(
        label="Link to it",
        help_text="One that everybody can open.",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Give an address that begins with https:// or http://."},
    )
    document = DocumentField(
        label="Or upload a document",
        help_text="A PDF, or a document, slides or spreadsheet in an OpenDocument or Microsoft format; up to 20 MB. "
        "Everybody can read it: check that it names nobody who would not want that.",
        required=False,
        max_length=150,
    )

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link:
            check_page(link)
        return link

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, beside the link; nothing more where either is wrong already."""
        cleaned = self.cleaned_data
        if not {"link", "document"} & self.errors.keys() and bool(cleaned["link"]) == bool(cleaned["document"]):
            both = (
                "Give the link or the document, not both." if cleaned["link"] else "Give a link, or upload a document."
            )
            self.add_error("link", ValidationError(both))
        return cleaned
