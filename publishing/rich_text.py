"""The admin's rich-text editor, which answers rubbish with a sentence beside the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.rich_text import expand_db_html


class NoRichText:
    """A value that is not in the editor's own notation."""


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor; what it did not write itself comes out as NoRichText instead of an error."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            html = super().value_from_datadict(data, files, name)
            expand_db_html(html or "")  # a link to no number of a page would break the page that shows it
        except Exception:  # Wagtail's converter fails in a dozen ways on what it did not write
            return NoRichText()
        return html

    def format_value(self, value: Any) -> Any:
        return super().format_value("" if isinstance(value, NoRichText) else value)


class RichTextFormField(forms.CharField):
    """A rich-text field that refuses what could not be read."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, NoRichText):
            raise ValidationError("These words could not be read. Reload the page and type them again.")
        return super().clean(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, NoRichText) or super().has_changed(initial, data)
