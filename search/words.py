"""Typed text as words and synonyms, the same for every engine.

Engines build their queries from these words, so typed text is never query syntax.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.english import SMALL_WORDS
from core.text import clean_line
from search.vocabulary import Phrase, Synonyms, Vocabulary, stems_of, vocabulary, words_of

__all__ = ["MOST_CHARACTERS", "MOST_TERMS", "QueryWords", "Term", "read", "words_of"]

MOST_CHARACTERS = 200
MOST_TERMS = 20
_QUOTED = re.compile(r"[\"“”]([^\"“”]*)[\"“”]")


@dataclass(frozen=True)
class Term:
    """One term of a query: the words typed, and its synonyms.

    If it `is_begun`, its last word may be the beginning of a longer one.
    """

    words: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()
    is_begun: bool = False
    is_phrase: bool = False  # typed in quotes: these words one after the other


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
        if last.is_phrase:
            return self
        return replace(self, terms=(*others, replace(last, is_begun=True)))

    @property
    def also(self) -> list[str]:
        """The synonyms that are matched as well, for the page."""
        return list(dict.fromkeys(" ".join(phrase) for term in self.terms for phrase in term.also))


def read(text: str, *, exact: bool = False, known: Vocabulary | None = None) -> QueryWords:
    """The terms of what someone typed, with synonyms unless `exact`: those in force, or those of `known`."""
    text = clean_line(text)
    parts = list(_parts(text[:MOST_CHARACTERS]))
    if not any(words for words, _ in parts):  # all of them small
        parts = [(tuple(words_of(text[:MOST_CHARACTERS])), False)]
    left, terms = MOST_TERMS, []
    synonyms = {} if exact or not any(words for words, _ in parts) else (known or vocabulary()).synonyms
    for words, is_phrase in parts:
        words = words[: max(left, 0)]
        left -= len(words)
        if is_phrase and words:
            terms.append(Term(words, is_phrase=len(words) > 1))
        else:
            terms += _with_synonyms(words, synonyms)
    was_cut = len(text) > MOST_CHARACTERS or sum(len(words) for words, _ in parts) > MOST_TERMS
    return QueryWords(tuple(terms), was_cut)


def _parts(text: str) -> Iterator[tuple[Phrase, bool]]:
    """The words of a text in order, those between two quotation marks apart and whole; a lone mark means nothing."""
    for number, part in enumerate(_QUOTED.split(text)):
        words = words_of(part)
        is_quoted = number % 2 == 1
        yield tuple(word for word in words if is_quoted or word not in SMALL_WORDS), is_quoted


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
