"""The descriptions of a file in its other languages: those beside the one that the form shows first."""

import copy
from typing import Any

from assets_registry.publiccode.fields import as_said, fields_of, key_of, language_of, put, says_the_same

# What of a description is shown and typed, in the order of the form.
LANGUAGE_FIELDS = ("summary", "description", "features")


def other_languages(data: dict[str, Any]) -> list[str]:
    """The codes of the languages that a file is described in, beside the first one, in alphabetical order."""
    described = data.get("description")
    return sorted(described.keys() - {language_of(data)}) if isinstance(described, dict) else []


def said_in(code: str, data: dict[str, Any]) -> dict[str, Any]:
    """What a file says in one language, by field; what it does not say is left out."""
    described = data.get("description")
    said = fields_of({"description": {code: described.get(code)}} if isinstance(described, dict) else {})
    return {field: said[field] for field in LANGUAGE_FIELDS if field in said}


def with_languages(data: dict[str, Any], values: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A file with the values of the form, by language and field. A language of which nothing is left is taken out."""
    whole = copy.deepcopy(data)
    for code, given in values.items():
        said = said_in(code, data)
        if not any(given.values()):
            put(whole, ("description", code), None)
            continue
        for field in LANGUAGE_FIELDS:
            if field in given and not says_the_same(field, given[field], said):
                put(whole, ("description", code, key_of(field, {})[-1]), as_said(field, given[field]))
    return whole
