"""What blocks show of the programme: records and figures are read when a page is asked for, never typed.

Page types stand below whoever may see what, and below story and portal, so what is read is registered here when the
apps are ready.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from core.text import first_sentence

_ADDRESS = re.compile(r"/([a-z-]+)/([-\w]+)/?")


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: the first part of its address, its word, and the rows that everybody may see."""

    prefix: str
    word: str
    rows: Callable[[], Any]


@dataclass(frozen=True)
class ShownRecord:
    """A record that everybody may see, with the word for its kind."""

    word: str
    row: Any

    @property
    def url(self) -> str:
        return self.row.get_absolute_url()

    @property
    def note(self) -> str:
        """Its kind, and what it says of itself in a sentence, where it does."""
        summary = getattr(self.row, "summary", "")
        return f"{self.word}. {first_sentence(summary)}" if summary else self.word


record_kinds: dict[str, RecordKind] = {}
figures: dict[str, str] = {}  # the names of those that editors choose, and what each is
_readers: dict[str, Callable[[Any], Any]] = {}


def register_kinds(*kinds: RecordKind) -> None:
    record_kinds.update({kind.prefix: kind for kind in kinds})


def register_reader(of: str, read: Callable[[Any], Any]) -> None:
    """Say how a block reads what it shows: `story` of a project's address, `figures` of their names, and the like."""
    _readers[of] = read


def read(of: str, row: Any) -> Any:
    return _readers[of](row)


def figure_choices() -> list[tuple[str, str]]:
    return list(figures.items())


def path_of(address: str) -> str:
    """The path of an address on this site; other addresses as they are."""
    return address.removeprefix(settings.BASE_URL.rstrip("/"))


def records_at(addresses: Iterable[str]) -> list[ShownRecord]:
    """The records at these addresses that everybody may see, in the same order, at one query for each kind."""
    asked = [found.groups() for address in addresses if (found := _ADDRESS.fullmatch(path_of(address)))]
    rows: dict[tuple[str, str], ShownRecord] = {}
    for prefix in dict.fromkeys(prefix for prefix, _ in asked):
        if kind := record_kinds.get(prefix):
            slugs = [slug for of, slug in asked if of == prefix]
            rows |= {(prefix, row.slug): ShownRecord(kind.word, row) for row in kind.rows().filter(slug__in=slugs)}
    return [rows[each] for each in asked if each in rows]


def record_at(address: str, *prefixes: str) -> ShownRecord | None:
    """The record of one of these kinds at an address; None where everybody may see none there."""
    found = _ADDRESS.fullmatch(path_of(address or ""))
    if found is None or (prefixes and found[1] not in prefixes):
        return None
    return next(iter(records_at([address])), None)


def newest_address(prefix: str) -> str:
    """The address of one record of a kind, for previews; empty where there is none."""
    row = record_kinds[prefix].rows().order_by("-pk").first() if prefix in record_kinds else None
    return row.get_absolute_url() if row else ""
