"""How much of a record is made up: all of it, or, where it has a source, the part that the source does not tell."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Origin:
    """Where something comes from that is no record of its own: a result, a row that was read in part."""

    source: str
    is_illustrative: bool


def made_up(record: Any) -> str:
    """“illustrative”, “illustrative in part” for a record with a source, or nothing."""
    if not getattr(record, "is_illustrative", False):
        return ""
    return "illustrative in part" if getattr(record, "source", "") else "illustrative"


def wholly_made_up(mark: str = "is_illustrative", source: str = "source") -> Q:
    """Rows of which nothing has a source; the columns are named where they are another record's."""
    return Q(**{mark: True, source: ""})
