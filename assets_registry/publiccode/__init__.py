"""publiccode.yml: read safely, checked in words, turned into fields, and written again."""

from assets_registry.publiccode.export import (
    as_yaml,
    can_export,
    document,
    faults,
    is_software,
    is_too_long,
    with_fields,
    written,
)
from assets_registry.publiccode.fields import KEYS, fields_of, key_of, language_of, needs_of
from assets_registry.publiccode.languages import LANGUAGE_FIELDS, other_languages, said_in, with_languages
from assets_registry.publiccode.people import without_people
from assets_registry.publiccode.reading import MOST_BYTES, TOO_LONG, Contents, Unreadable, decoded, find, read
from assets_registry.publiccode.rules import Problem, problems, problems_in, remarks
from assets_registry.publiccode.words import key_in_words, language_in_words, platform_in_words

__all__ = [
    "KEYS",
    "LANGUAGE_FIELDS",
    "MOST_BYTES",
    "TOO_LONG",
    "Contents",
    "Problem",
    "Unreadable",
    "as_yaml",
    "can_export",
    "decoded",
    "document",
    "faults",
    "fields_of",
    "find",
    "is_software",
    "is_too_long",
    "key_in_words",
    "key_of",
    "language_in_words",
    "language_of",
    "needs_of",
    "other_languages",
    "platform_in_words",
    "problems",
    "problems_in",
    "read",
    "remarks",
    "said_in",
    "with_fields",
    "with_languages",
    "without_people",
    "written",
]
