"""Search documents, the same flat shape for records of every app, and their sources."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote

from django.db.models import Model, QuerySet

from accounts.models import AnyUser
from core.permissions import EVERYONE

# What people see above a result, and on its tab. The order is that of the tabs.
KINDS: dict[str, tuple[str, str]] = {
    "asset": ("Asset", "Assets"),
    "case-study": ("Case study", "Case studies"),
    "project": ("Project", "Projects"),
    "event": ("Event", "Events"),
    "need": ("Need", "Needs"),
    "discovery": ("Discovery", "Discoveries"),
    "prototype": ("Prototype", "Prototypes"),
    "block": ("Block", "Blocks"),
    "ballot": ("Vote", "Votes"),
    "decision": ("Decision", "Decisions"),
    "council": ("Council", "Councils"),
    "news": ("News", "News"),
    "page": ("Page", "Pages"),
}
FACETS = ("service", "council_type", "region", "stage", "asset_kind", "evidence", "principle", "year")
# Raise it when a source makes other documents of the same rows: every index is then rebuilt automatically. A test
# (tests/search/test_form.py) notices other words.
FORM = 13
MOST_CHARACTERS = 60_000
MOST_LINKS = 3  # lookups of a source's chain
_WORDS = ("key", "kind", "title", "summary", "body", "labels", "note", "label")
_IS_PLAIN = re.compile(r"[A-Za-z0-9/_-]*").fullmatch  # an address as it stands
_ACRONYM = re.compile(r"\b([A-Z][A-Z0-9]{1,9})s?\b")


@dataclass(frozen=True)
class SearchDocument:
    """A record as the index holds it: what results show and filter on. Its address comes from the row instead."""

    key: str  # the source's name and the row's, as in asset:12
    kind: str
    title: str
    summary: str
    body: str  # text that stands on the record's page, of which extracts are made
    readers: tuple[str, ...]  # who may find it: everyone, role:…, council:12, person:7, staff
    note: str = ""  # the line beneath a result: 17 councils · waste collection
    label: str = ""  # what it is, more closely than its kind: Standard
    date: dt.date | None = None
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: str = ""  # more words that find it, put together for the index: Councils: Harlow, Luton.
    is_followed_up: bool = False  # somebody has looked since whether it still holds, which weighs for it
    is_silent: bool = False  # nobody has answered whether it still holds, which weighs against it

    @property
    def day(self) -> int:
        return self.date.toordinal() if self.date else 0

    @property
    def is_public(self) -> bool:
        """Whether everyone may find it."""
        return EVERYONE in self.readers

    @property
    def acronyms(self) -> list[str]:
        """The acronyms in it, each once: SEND of “SEND team”, DPA of “two DPAs”."""
        return sorted({*_ACRONYM.findall("\n".join((self.title, self.summary, self.body, self.labels)))})

    @property
    def follow_up(self) -> tuple[str, ...]:
        """What weighs for it, as an index holds it: “yes” where it was followed up, “heard” unless silence answered."""
        return (*(("yes",) if self.is_followed_up else ()), *(() if self.is_silent else ("heard",)))

    @property
    def digest(self) -> str:
        """A digest of all that it says, its readers included, by which an index shows whether it holds it as it is."""
        whole = (*(getattr(self, name) for name in _WORDS), sorted(self.readers), self.day, sorted(self.facets.items()))
        whole += self.follow_up
        return hashlib.blake2b(repr(whole).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Source:
    """A table whose rows can be found.

    `rows` brings what `to_document` reads; `visible` is asked again before a hit is shown; `address` names the
    column that the row's address is made of.

    `reads` are lookups from the row to rows of others whose words stand in its document: a change of any row on the
    way renews the document. `restricted_by` are lookups to rows that decide who may find it. `unseen` are fields of
    its own that stand in no document: saved alone, they renew nothing. `days` are fields of its own that hold a day
    with which documents change though nobody writes: those of the week before are renewed daily (`schedules`).
    `standings` says of rows, by their keys, what no index can hold since it depends on who reads and changes all the
    time, in a number of queries that does not grow with them: asked of the rows on the page shown. `council` is the
    lookup to the key of the council whose row it is, for the order “councils like mine”. `chain` are lookups, each with
    what it leads to, of which the first that is filled names the chain that the row belongs to: results of one chain
    stand together.
    """

    name: str
    model: type[Model]
    rows: Callable[[], QuerySet]
    to_document: Callable[[Any], SearchDocument | None]
    visible: Callable[[AnyUser], QuerySet]
    address: str = "slug"
    reads: tuple[str, ...] = ()
    restricted_by: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()
    days: tuple[str, ...] = ()
    standings: Callable[[list[int], AnyUser], dict[int, str]] = lambda keys, user: {}
    council: str = ""
    chain: tuple[tuple[str, str], ...] = ()

    def keys_changed_with(self, row: Model) -> Iterable[Any]:
        """Keys of the rows whose documents change when this row of the source is saved or deleted."""
        return [row.pk]

    def touched_through(self, lookup: str, keys: Iterable[Any]) -> QuerySet:
        """Keys of the rows from which `lookup` leads to rows with these keys."""
        rows = self.model._base_manager.filter(**{f"{lookup}__in": list(keys)})
        return rows.order_by().values_list("pk", flat=True)

    def key(self, row: Model) -> str:
        return f"{self.name}:{row.pk}"

    def url(self, value: str) -> str:
        """The address of the row whose address column holds `value`."""
        before, after = _frame(self.model, self.address)
        return f"{before}{value if _IS_PLAIN(value) else quote(value)}{after}"


_PLACE = "placeholder"


@cache
def _frame(model: type[Model], address: str) -> tuple[str, str]:
    """The parts of a model's addresses before and after the varying one, found once for each model."""
    before, _, after = model(**{address: _PLACE}).get_absolute_url().partition(_PLACE)  # type: ignore[attr-defined]  # every source has one
    return before, after


def facets(**values: Iterable[object]) -> dict[str, tuple[str, ...]]:
    """Facet values as text, without duplicates and empty ones."""
    return {
        name: tuple(dict.fromkeys(str(value) for value in given if value not in (None, "")))
        for name, given in values.items()
    }


def principles(record: Any) -> list[int]:
    """The principles that a record is tagged with, as a facet's values."""
    return [each.pk for each in record.purposes.all() if each.kind == "principle"]


def plain(html: str) -> str:
    """The text of rich text, with a space in place of each tag."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def joined(*parts: object) -> str:
    """The parts that are not empty, joined by dots."""
    return " · ".join(str(part) for part in parts if part)


def named(word: str, things: Iterable[object]) -> str:
    """A word with names: `Councils: Harlow, Luton.`"""
    names = ", ".join(str(thing) for thing in things if thing)
    return f"{word}: {names}." if names else ""


def lines(*parts: object) -> str:
    """Texts joined by line feeds, cut at a limit."""
    return "\n".join(str(part) for part in parts if part)[:MOST_CHARACTERS]
