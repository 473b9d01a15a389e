"""Rich text that could not be read is refused with a sentence beside its field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class NoRichText:
    """A value that is not in the editor's own notation."""


class RichTextFormField(forms.CharField):
    """A rich-text field that refuses what could not be read."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, NoRichText):
            raise ValidationError("These words could not be read. Reload the page and type them again.")
        return super().clean(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, NoRichText) or super().has_changed(initial, data)
