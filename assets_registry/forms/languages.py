import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from assets_registry import publiccode
from assets_registry.publiccode import LANGUAGE_FIELDS, kinds
from core.forms import LineField, TextField

MOST_LANGUAGES = 50
_NAME = re.compile(r"language-(?P<code>[A-Za-z0-9-]{2,35})-(?P<field>summary|description|features)")
_NEW = "new"  # in the place of a code: the language that is to be added


@dataclass(frozen=True)
class LanguageFields:
    """The fields of one language, for its tab."""

    code: str
    fields: list[forms.BoundField]

    @property
    def name(self) -> str:
        return publiccode.language_in_words(self.code)

    @property
    def id(self) -> str:
        return f"in-{self.code.lower()}"

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)


class OtherLanguages(forms.Form):
    """The descriptions in other languages than the one that the fields above show, and one to add."""

    shown_language = forms.CharField(required=False, max_length=35, widget=forms.HiddenInput)
    new_language = LineField(
        label="Code of the new language",
        help_text="Such as cy for Welsh, pa for Punjabi or pl for Polish",
        max_length=35,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "size": 10}),
    )

    def add_languages(self) -> None:
        """Add the fields of each language, as the file has them or as they were sent."""
        names = self.data if self.is_bound else self.initial
        found = (_NAME.fullmatch(str(name)) for name in names)
        codes = {match["code"] for match in found if match} - {_NEW}
        self.codes = sorted(code for code in codes if not kinds.language(code))[:MOST_LANGUAGES]
        for code in (*self.codes, _NEW):
            self.fields |= _fields_in(code)

    @property
    def languages(self) -> list[LanguageFields]:
        """The tabs."""
        return [LanguageFields(code, list(self._bound(code))) for code in self.codes]

    @property
    def to_add(self) -> LanguageFields:
        """The fields of a language that the file does not have yet."""
        return LanguageFields(_NEW, [self["new_language"], *self._bound(_NEW)])

    @property
    def is_adding(self) -> bool:
        return any(field.value() for field in self.to_add.fields)

    @property
    def have_errors(self) -> bool:
        return any(language.has_errors for language in self.languages)

    @property
    def shown_language_in_words(self) -> str:
        """The language of the fields above the tabs, where there are other languages or it is not English."""
        code = str(self["shown_language"].value() or "en")
        return publiccode.language_in_words(code) if self.codes or not code.lower().startswith("en") else ""

    def check_new_language(self, given: dict[str, Any]) -> None:
        """A new language has a code of its own, and every field."""
        code = given.get("new_language", "")
        words = {field: given.get(_named(_NEW, field)) for field in LANGUAGE_FIELDS}
        if not code and any(words.values()) and "new_language" not in self.errors:
            self.add_error("new_language", "Give the code of the language that you describe it in.")
        if not code:
            return
        if kinds.language(code):
            self.add_error("new_language", "This is not the code of a language, such as en or cy.")
        elif code in {*self.codes, given.get("shown_language") or "en"}:
            self.add_error("new_language", "It is described in this language already.")
        for field, value in words.items():
            if not value and _named(_NEW, field) not in self.errors:
                self.add_error(_named(_NEW, field), "Fill this in for the new language.")

    def with_other_languages(self, data: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        """The file with what was typed in its other languages, which is taken out of `given`.

        Where the file now has a language that goes before the one of the form’s own fields, the two change places.
        """
        sent: dict[str, dict[str, Any]] = {
            code: {field: given.pop(_named(code, field)) for field in LANGUAGE_FIELDS} for code in (*self.codes, _NEW)
        }
        added, new = sent.pop(_NEW), given.pop("new_language")
        if new:
            sent[new] = added
        shown = given.pop("shown_language") or publiccode.language_of(data)
        whole = publiccode.with_languages(data, sent)
        if publiccode.language_of(whole) != shown and not kinds.language(shown):
            whole = publiccode.with_languages(whole, {shown: {field: given[field] for field in LANGUAGE_FIELDS}})
            if (first := publiccode.language_of(whole)) != shown:
                given |= dict.fromkeys(LANGUAGE_FIELDS, "") | publiccode.said_in(first, whole)
        return whole

    def _bound(self, code: str) -> Iterator[forms.BoundField]:
        return (self[_named(code, field)] for field in LANGUAGE_FIELDS)


def values_of_languages(data: dict[str, Any]) -> dict[str, Any]:
    """A file’s other languages as the form shows them."""
    found: dict[str, Any] = {"shown_language": publiccode.language_of(data)}
    for code in publiccode.other_languages(data):
        said = publiccode.said_in(code, data)
        found |= {_named(code, field): said.get(field, "") for field in LANGUAGE_FIELDS}
    return found


def language_key(name: str) -> str:
    """The key of the file that a field of another language shows; empty for other fields."""
    match = _NAME.fullmatch(name)
    if not match or match["code"] == _NEW:
        return ""
    return "/".join(("description", match["code"], publiccode.KEYS[match["field"]][-1]))


def _named(code: str, field: str) -> str:
    return f"language-{code}-{field}"


def _fields_in(code: str) -> dict[str, forms.Field]:
    where = f" in {'the new language' if code == _NEW else publiccode.language_in_words(code)}"
    fields: dict[str, forms.Field] = {
        "summary": LineField(label=f"In one sentence{where}", max_length=150, required=False),
        "description": TextField(label=f"Description{where}", max_length=10_000, required=False),
        "features": TextField(
            label=f"What it can do{where}", help_text="One line for each", max_length=20_000, required=False
        ),
    }
    return {_named(code, field): made for field, made in fields.items()}
