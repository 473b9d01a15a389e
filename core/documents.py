"""Uploaded documents: of a few kinds, told by how they begin, and never opened as a page of this site."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 20 * 1024 * 1024
_ZIPPED, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# By the end of the name: how such a file begins.
BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".odp": _ZIPPED,
    ".ods": _ZIPPED,
    ".odt": _ZIPPED,
    ".pptx": _ZIPPED,
    ".docx": _ZIPPED,
    ".xlsx": _ZIPPED,
    ".ppt": _OLD_OFFICE,
    ".doc": _OLD_OFFICE,
}
WRONG_KIND = "Choose a PDF, or a document, slides or spreadsheet in an OpenDocument or Microsoft format."


def check_document(sent: UploadedFile, *, most_bytes: int = MOST_BYTES) -> None:
    """Raise ValidationError unless this is a document of a kind that we take, and not too large."""
    if (sent.size or 0) > most_bytes:
        has, most = (sent.size or 0) / 1024**2, most_bytes // 1024**2
        raise ValidationError(f"This file has {has:.1f} MB. Choose one of up to {most} MB.")
    beginning = BEGINNINGS.get(Path(sent.name or "").suffix.lower())
    if beginning is None:
        raise ValidationError(WRONG_KIND)
    sent.seek(0)
    begins_so = sent.read(len(beginning)) == beginning
    sent.seek(0)
    if not begins_so:
        raise ValidationError(f"This file is not what its name says. {WRONG_KIND}")


class DocumentField(forms.FileField):
    """A form field for one document of up to `most_bytes`."""

    widget = forms.FileInput(attrs={"accept": ",".join(BEGINNINGS)})
    default_error_messages = {"empty": "This file is empty. Choose another."}

    def __init__(self, *args: Any, most_bytes: int = MOST_BYTES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most_bytes = most_bytes

    def to_python(self, data: Any) -> Any:
        sent = super().to_python(data)
        if sent:
            check_document(data, most_bytes=self.most_bytes)
        return sent
