from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from assets_registry.bulk import Record, UnreadableSource
from assets_registry.uploads.reading import LIMITS, MOST_BYTES, records_in
from core.text import clean_line
from councils.forms import OrganisationField
from councils.models import Membership
from councils.permissions import organisations_of


class UploadForm(forms.Form):
    """A list of software, and whose it is."""

    owner = OrganisationField(label="Who owns what it lists")
    file = forms.FileField(
        label="The file",
        help_text=f"A catalogue’s JSON, or a table as CSV. {LIMITS}",
        widget=forms.FileInput(attrs={"accept": ".json,.csv"}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].offer(organisations_of(user, at_least=Membership.Role.CONTRIBUTOR))

    def clean_file(self) -> list[Record]:
        """The entries of the file."""
        file: UploadedFile = self.cleaned_data["file"]
        name = (file.name or "").lower()
        if not name.endswith((".json", ".csv")):
            raise ValidationError("Choose a file whose name ends in .json or .csv.")
        try:
            return records_in(file.read(MOST_BYTES + 1), is_table=name.endswith(".csv"))
        except UnreadableSource as problem:
            raise ValidationError(str(problem)) from problem

    @property
    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        name = clean_line(self.files["file"].name)[-100:]
        return {"owner": given["owner"], "file_name": name, "records": given["file"]}
