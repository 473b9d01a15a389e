"""publiccode.yml: read safely, checked in words, turned into fields, and written again."""

from assets_registry.publiccode.export import as_yaml, can_export, document
from assets_registry.publiccode.fields import fields_of, without_people
from assets_registry.publiccode.reading import MOST_BYTES, Unreadable, read
from assets_registry.publiccode.rules import Problem, problems

__all__ = [
    "MOST_BYTES",
    "Problem",
    "Unreadable",
    "as_yaml",
    "can_export",
    "document",
    "fields_of",
    "problems",
    "read",
    "without_people",
]
