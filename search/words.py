"""Typed text as words and synonyms, the same for every engine.

Engines build their queries from these words, so typed text is never query syntax.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.english import SMALL_WORDS
from core.text import clean_line
from search.vocabulary import Synonyms, Vocabulary, stems_of, vocabulary, words_of

__all__ = ["MOST_CHARACTERS", "MOST_TERMS", "QueryWords", "Term", "read", "words_of"]

MOST_CHARACTERS = 200
MOST_TERMS = 20


@dataclass(frozen=True)
class Term:
    """One term of a query: the words typed, and its synonyms.

    If it `is_begun`, its last word may be the beginning of a longer one.
    """

    words: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()
    is_begun: bool = False


@dataclass(frozen=True)
class QueryWords:
    """The terms of a query. Of up to three all must match; of more, three in four."""

    terms: tuple[Term, ...] = ()
    was_cut: bool = False

    @property
    def least(self) -> int:
        """How many terms a document must match."""
        return len(self.terms) if len(self.terms) <= 3 else (3 * len(self.terms)) // 4

    @property
    def last(self) -> str:
        """The word typed last; empty where there is none."""
        return self.terms[-1].words[-1] if self.terms else ""

    def begun(self) -> "QueryWords":
        """The same query with its last word perhaps unfinished: bin coll also means bin collection."""
        *others, last = self.terms
        return replace(self, terms=(*others, replace(last, is_begun=True)))

    @property
    def also(self) -> list[str]:
        """The synonyms that are matched as well, for the page."""
        return list(dict.fromkeys(" ".join(phrase) for term in self.terms for phrase in term.also))


def read(text: str, *, exact: bool = False, known: Vocabulary | None = None) -> QueryWords:
    """The terms of what someone typed, with synonyms unless `exact`: those in force, or those of `known`."""
    text = clean_line(text)
    all_words = words_of(text[:MOST_CHARACTERS])
    kept = [word for word in all_words if word not in SMALL_WORDS] or all_words
    words = tuple(kept[:MOST_TERMS])
    was_cut = len(text) > MOST_CHARACTERS or len(kept) > MOST_TERMS
    if exact or not words:
        return QueryWords(tuple(Term((word,)) for word in words), was_cut)
    return QueryWords(tuple(_with_synonyms(words, (known or vocabulary()).synonyms)), was_cut)


def _with_synonyms(words: tuple[str, ...], known: Synonyms) -> Iterator[Term]:
    longest = max((len(phrase) for phrase in known), default=1)
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            phrase = words[at : at + length]
            if also := known.get(stems_of(phrase)):
                yield Term(phrase, also)
                break
        else:
            length = 1
            yield Term((words[at],))
        at += length
