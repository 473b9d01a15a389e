"""The field that holds a page's blocks. What no form of the admin sent is refused with a sentence."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.blocks import BlockField, StreamBlock, StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.fields import StreamField

from core.numbers import whole_number

UNREADABLE = "These blocks could not be read. Reload the page and compose them again."
MOST = 100  # blocks of a page, and entries of a list in one
# The key of the block that a page's whole text becomes: always the same, so that two versions can be compared.
_OF_TEXT = "6f1ca2f5-7b9e-4d0c-8a50-2f0b6f0f6e01"


def text_as_blocks(html: str) -> list[dict[str, str]]:
    """Rich text as the one block of text that it is; nothing where it is empty."""
    return [{"type": "text", "value": html, "id": _OF_TEXT}] if html else []


def blocks_in(text: str) -> list[dict[str, Any]] | None:
    """The blocks of which a text is the JSON; None for words, also those that begin like it."""
    try:
        found = json.loads(text) if text.startswith("[") else None
    except (ValueError, RecursionError):
        return None
    are_blocks = isinstance(found, list) and all(isinstance(each, dict) and "type" in each for each in found)
    return found if are_blocks else None


def pictures_in(body: str | list[Any] | None) -> set[int]:
    """The keys of the pictures in the blocks of a version, which is a text of JSON; SQLite reads that at once."""
    try:
        blocks = json.loads(body or "[]") if not isinstance(body, list) else body
    except ValueError:  # rich text
        return set()
    return {block["value"]["picture"] for block in blocks if block["type"] == "picture"} - {None}


class UnreadBlocks(StreamValue):
    """In place of blocks that could not be read."""


class Body(StreamBlock):
    """Blocks one below the other. Its form's values are read by number and name, so each is checked first."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        try:
            self._check_numbers(data, prefix)
            return super().value_from_datadict(data, files, prefix)
        except Exception:  # Wagtail's blocks fail in a dozen ways on what their own form did not send
            return UnreadBlocks(self, [])

    def _check_numbers(self, data: Any, prefix: str) -> None:
        """Raise ValueError for counts that no form sends, and for kinds of block that there are not."""
        counts = {name: data[name] for name in data if name.startswith(f"{prefix}-") and name.endswith("-count")}
        if any(whole_number(count, most=MOST) is None for count in counts.values()):
            raise ValueError("No form has so many blocks")
        for n in range(int(counts[f"{prefix}-count"])):
            if not data[f"{prefix}-{n}-deleted"] and data[f"{prefix}-{n}-type"] not in self.child_blocks:
                raise ValueError("There is no such block")

    def clean(self, value: StreamValue) -> StreamValue:
        if isinstance(value, UnreadBlocks):
            raise StreamBlockValidationError(non_block_errors=[ValidationError(UNREADABLE)])
        if self.required and not self.is_deferred_validation and not len(value):
            raise StreamBlockValidationError(non_block_errors=[ValidationError("Add at least one block.")])
        cleaned = super().clean(value)
        try:
            json.dumps(self.get_prep_value(cleaned), cls=DjangoJSONEncoder, ensure_ascii=False).encode()
        except ValueError as problem:  # half of a sign, which no database keeps
            raise StreamBlockValidationError(non_block_errors=[ValidationError(UNREADABLE)]) from problem
        return cleaned


class BodyFormField(BlockField):
    """A field of blocks that answers whatever else is wrong with what was sent by the same sentence."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            raise
        except Exception as problem:
            raise StreamBlockValidationError(non_block_errors=[ValidationError(UNREADABLE)]) from problem


class BodyField(StreamField):
    """A page's blocks. Rich text is read as one block of text.

    Migrations do not list the kinds of block: there its value is the plain JSON, which a migration may save as it is.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)
        self.has_kinds = block_types != ()

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = models.Field.deconstruct(self)
        return name, path, [], kwargs

    def to_python(self, value: Any) -> Any:
        if not self.has_kinds:
            return value
        if isinstance(value, str) and value and blocks_in(value) is None:
            value = text_as_blocks(value)
        return super().to_python(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": BodyFormField} | kwargs)
