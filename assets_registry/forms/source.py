from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assets_registry import publiccode
from assets_registry.repositories import MOST
from core.forms import LineField


class AddressForm(forms.Form):
    """The address of a repository whose publiccode.yml is read from its forge."""

    address = LineField(
        label="Address of the repository",
        help_text="As you would open it in a browser, or clone it. The registry reads its publiccode.yml, and nothing "
        "else of it.",
        max_length=MOST,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Give the address of the repository, or fill in the form below."},
    )


class PasteForm(forms.Form):
    """A publiccode.yml, as text or as a file. Nothing is fetched."""

    text = forms.CharField(
        label="publiccode.yml",
        help_text="Copy the file from your repository. It fills in the form below. Contacts that may be people, e-mail "
        "addresses and phone numbers are not kept.",
        max_length=publiccode.MOST_BYTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        error_messages={"max_length": publiccode.TOO_LONG},
    )
    file = forms.FileField(
        label="Or choose the file",
        help_text="Up to 64 KB, in UTF-8.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yml,.yaml"}),
        error_messages={"empty": "This file is empty."},
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if text:
            self._find(text)
        return text

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        try:
            text = publiccode.decoded(file.read(publiccode.MOST_BYTES + 1))
        except publiccode.Unreadable as problem:
            raise ValidationError(str(problem)) from problem
        self._find(text)
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and bool(given["text"]) == bool(given["file"]):
            both = "Paste the file or choose it, not both." if given["text"] else ""
            self.add_error("text", both or "Paste the file, or fill in the form below.")
        return given

    @property
    def read_text(self) -> str:
        """What was pasted or uploaded."""
        return self.cleaned_data["text"] or self.cleaned_data["file"]

    def _find(self, text: str) -> None:
        try:
            self.found = publiccode.find(text)
        except publiccode.Unreadable as problem:
            raise ValidationError(str(problem)) from problem
