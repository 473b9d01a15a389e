"""What people type into blocks, checked: rich text, addresses, lines of a table."""

import re
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, RichTextBlock, TextBlock
from wagtail.rich_text import RichText

from core.links import check_page
from core.numbers import decimal_number
from core.text import clean_line, has_hidden_marks
from core.words import series
from publishing.blocks import live
from publishing.unread import NoRichText, RichTextFormField

_MOST_LINES, _MOST_CELLS = 60, 8


class RichWordsBlock(RichTextBlock):
    """Rich text; what its editor did not write itself is refused with a sentence."""

    @cached_property
    def field(self) -> forms.Field:
        return RichTextFormField(widget=super().field.widget, **self.field_options)

    def normalize(self, value: Any) -> Any:
        return value if isinstance(value, NoRichText) else super().normalize(value)

    def value_for_form(self, value: Any) -> Any:
        return value if isinstance(value, NoRichText) else super().value_for_form(value)

    def value_from_form(self, value: Any) -> Any:
        return value if isinstance(value, NoRichText) else super().value_from_form(value)

    def get_prep_value(self, value: Any) -> str:
        return "" if isinstance(value, NoRichText) else super().get_prep_value(value)

    def get_form_state(self, value: Any) -> Any:
        return super().get_form_state(RichText("") if isinstance(value, NoRichText) else value)


class LineBlock(CharBlock):
    """One line of words."""

    def __init__(self, max_length: int = 160, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.field.error_messages["required"] = "Fill this in."

    def clean(self, value: str) -> str:
        return super().clean(clean_line(value or ""))


class WordsBlock(TextBlock):
    """A paragraph of plain words."""

    def __init__(self, max_length: int = 600, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, rows=3, **kwargs)
        self.field.error_messages["required"] = "Fill this in."

    def clean(self, value: str) -> str:
        return super().clean(clean_line(value or ""))


class LinkBlock(LineBlock):
    """Where something leads: a page of this site, or one on the web that everybody can open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, search_index=False, **kwargs)

    def clean(self, value: str) -> str:
        address = live.path_of(super().clean(value))
        if address and not _is_path(address):
            check_page(address)
        return address


def _is_path(address: str) -> bool:
    """Whether an address is a plain path on this site, as “/needs/new/”."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address or has_hidden_marks(address):
        return False
    return not re.search(r"[\s<>\"]", address) and not urlsplit(address).netloc


class RecordBlock(LineBlock):
    """A record by the address of its page. Only one that everybody may see is taken."""

    def __init__(self, *prefixes: str, **kwargs: Any) -> None:
        self.prefixes = prefixes
        super().__init__(max_length=300, search_index=False, **kwargs)

    def clean(self, value: str) -> str:
        address = live.path_of(super().clean(value))
        if not address:
            return address
        record = live.record_at(address, *self.prefixes)
        if record is None:
            raise ValidationError(f"There is no {self._words()} that everybody may see here. Copy its page’s address.")
        return record.url

    def _words(self) -> str:
        words = [live.record_kinds[prefix].word.lower() for prefix in self.prefixes if prefix in live.record_kinds]
        return series(words, last="or") or "record"


class LinesBlock(TextBlock):
    """A table typed line by line, its cells apart by “|” or by the tabs that a spreadsheet puts between them."""

    def __init__(self, *, cells: int = 0, last_is_number: bool = False, **kwargs: Any) -> None:
        self.cells, self.last_is_number = cells, last_is_number
        super().__init__(max_length=8000, **kwargs)
        self.field.error_messages["required"] = "Fill this in."

    def clean(self, value: str) -> str:
        lines = lines_of(super().clean(value))
        if len(lines) > _MOST_LINES:
            raise ValidationError(f"Keep it to {_MOST_LINES} lines: these are {len(lines)}.")
        wide = self.cells or (len(lines[0]) if lines else 0)
        if not 2 <= wide <= _MOST_CELLS:
            raise ValidationError(f"Give each line 2 to {_MOST_CELLS} cells, with “|” between them.")
        for n, line in enumerate(lines, 1):
            if len(line) != wide:
                raise ValidationError(f"Line {n} has {len(line)} of {wide} cells. Put “|” between them.")
            if self.last_is_number and decimal_number(line[-1]) is None:
                raise ValidationError(f"Line {n} ends with “{line[-1][:20]}”, which is no number of 0 or more.")
        return "\n".join(" | ".join(line) for line in lines)


def lines_of(text: str) -> list[list[str]]:
    """The cells of each line."""
    return [[clean_line(cell) for cell in re.split(r"[|\t]", line)] for line in text.splitlines() if line.strip()]
