"""The interface of the search engines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import SearchDocument
from search.words import QueryWords

PAGE_SIZE = 20
MOST_PAGES = 50
MOST_SUGGESTIONS = 8
LEAST_LETTERS = 2  # of what is still being typed
EXTRACT_CHARACTERS = 220
# A word in the title says more about a document than one in its summary, and that more than one in its text.
BOOSTS = {"title": 4.0, "summary": 2.0, "body": 1.0}

# A text as pieces, each with whether it is one of the words looked for.
Marked = tuple[tuple[str, bool], ...]


class Unreachable(Exception):
    """The engine did not answer, or has no index."""


@dataclass(frozen=True)
class SearchRequest:
    """A search as engines take it. `readers` are the labels of the reader; `hidden` are keys to leave out."""

    words: QueryWords
    readers: frozenset[str]
    hidden: tuple[str, ...] = ()
    kind: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    newest_first: bool = False
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.filters)


@dataclass(frozen=True)
class Hit:
    """One result as the index holds it."""

    key: str
    kind: str
    title: Marked
    extract: Marked
    label: str = ""
    note: str = ""
    day: int = 0


@dataclass(frozen=True)
class SearchPage:
    """One page of hits; counts are of what the reader may see, each without its facet's own filter."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggestion:
    """A title with a word that begins with what is being typed."""

    key: str
    kind: str
    title: str
    label: str = ""


class SearchEngine(Protocol):
    """A search engine, which follows the change log with a cursor of its name."""

    name: str

    def is_ready(self) -> bool:
        """Whether there is an index of the current SHAPE."""

    def apply(self, documents: Iterable[SearchDocument], deletes: Iterable[str], *, version: int) -> None:
        """Index documents and delete others; may be repeated. An older `version` never replaces a newer one."""

    def rebuild(self, documents: Iterable[SearchDocument], *, version: int) -> str:
        """Build an index beside the one in use and switch readers to it once it is whole. Returns its name."""

    def search(self, request: SearchRequest) -> SearchPage: ...

    def suggest(self, prefix: str, *, readers: frozenset[str], hidden: tuple[str, ...] = ()) -> list[Suggestion]: ...

    def similar_words(
        self, word: str, *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[tuple[str, int]]:
        """Words of findable documents up to two letters from `word`, each with how many documents have it.

        A sample, the closest first; a word that a document has is itself among them.
        """
