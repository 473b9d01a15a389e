"""publiccode.yml: read safely, checked in words, turned into fields, and written again."""

from assets_registry.publiccode.export import as_yaml, can_export, document, faults, is_software, with_fields, written
from assets_registry.publiccode.fields import fields_of, language_of
from assets_registry.publiccode.people import without_people
from assets_registry.publiccode.reading import MOST_BYTES, TOO_LONG, Found, Unreadable, find, read
from assets_registry.publiccode.rules import Problem, problems, remarks

__all__ = [
    "MOST_BYTES",
    "TOO_LONG",
    "Found",
    "Problem",
    "Unreadable",
    "as_yaml",
    "can_export",
    "document",
    "faults",
    "fields_of",
    "find",
    "is_software",
    "language_of",
    "problems",
    "read",
    "remarks",
    "with_fields",
    "without_people",
    "written",
]
