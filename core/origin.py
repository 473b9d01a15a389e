"""Whether a record is made up: wholly, or, where it has a source, in the part that the source does not cover."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Origin:
    """The origin of something that is not a record itself: a search result, a row that was read in part."""

    source: str
    is_illustrative: bool


def made_up(record: Any) -> str:
    """“illustrative”, “illustrative in part” for a record with a source, or nothing."""
    if not getattr(record, "is_illustrative", False):
        return ""
    return "illustrative in part" if getattr(record, "source", "") else "illustrative"


def wholly_made_up(mark: str = "is_illustrative", source: str = "source") -> Q:
    """A condition: rows that are made up and have no source; `mark` and `source` name the columns."""
    return Q(**{mark: True, source: ""})
