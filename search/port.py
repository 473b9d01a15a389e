"""The interface of the search engines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from core.english import stem
from core.permissions import EVERYONE
from search.documents import SearchDocument
from search.words import QueryWords

PAGE_SIZE = 20
MOST_PAGES = 50
MOST_SUGGESTIONS = 8
LEAST_LETTERS = 2  # of what is still being typed
EXTRACT_CHARACTERS = 220
# A word in the title says more about a document than one in its summary, and that more than one in its text.
BOOSTS = {"title": 4.0, "summary": 2.0, "body": 1.0}
# Added to the score of what was followed up: among those that fit alike it comes first.
FOLLOWED_UP = {"yes": 0.5, "heard": 0.25}

# Every engine has two indexes. The public one holds what everyone may find and nothing else; it alone answers
# strangers, so that no word, count or score they get can come from a restricted record. The whole one holds all
# records, and answers those who may find more with one order and one count of both.
PUBLIC, WHOLE = "public", "whole"
INDEXES = (PUBLIC, WHOLE)

# A text as pieces, each with whether it is one of the words looked for.
Marked = tuple[tuple[str, bool], ...]


def acronyms_marked(found: Marked, acronyms: frozenset[str]) -> Marked:
    """The pieces, those of an acronym marked only where it is in capitals; empty where none is marked then."""
    stems = {stem(each.lower()) for each in acronyms}
    kept = tuple(
        (text, is_word and (stem(text.lower()) not in stems or text.removesuffix("s").isupper()))
        for text, is_word in found
    )
    return kept if any(is_word for _, is_word in kept) else ()


def index_for(readers: frozenset[str]) -> str:
    """The index that answers readers with these labels."""
    return PUBLIC if readers <= {EVERYONE} else WHOLE


def is_held(document: SearchDocument, index: str) -> bool:
    """Whether this index holds the document."""
    return index == WHOLE or document.is_public


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


class Hit(NamedTuple):
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
    """A search engine with its two indexes, which follows the change log with a cursor of its name."""

    name: str

    def is_ready(self) -> bool:
        """Whether there are indexes of the current SHAPE."""

    def apply(self, documents: Iterable[SearchDocument], deletes: Iterable[str], *, version: int) -> None:
        """Index documents and delete others; may be repeated. An older `version` never replaces a newer one.

        A document that is no longer public leaves the public index first.
        """

    def rebuild(self, documents: Iterable[SearchDocument], *, version: int) -> str:
        """Build indexes beside those in use and switch readers to them once they are whole. Returns their name."""

    def held(self, index: str) -> Iterator[tuple[str, str]]:
        """The key and the digest of every document that an index holds."""

    def count(self) -> int:
        """How many documents the public index holds."""

    def search(self, request: SearchRequest) -> SearchPage: ...

    def suggest(self, prefix: str, *, readers: frozenset[str], hidden: tuple[str, ...] = ()) -> list[Suggestion]: ...

    def similar_words(
        self, word: str, *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[tuple[str, int]]:
        """Words of findable documents up to two letters from `word`, each with how many documents have it.

        A sample, the closest first; a word that a document has is itself among them.
        """

    def texts_with_words_like(
        self, words: tuple[str, ...], *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[str]:
        """The texts of some findable documents that have, for each of these words, one at most a letter from it."""
