"""Typed text as words and synonyms, the same for every engine.

Engines build their queries from these words, so typed text is never query syntax.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from core.english import PLAIN, SMALL_WORDS, stem
from core.text import clean_line

MOST_CHARACTERS = 200
MOST_TERMS = 20
_POSSESSIVE = re.compile(r"[’']s\b", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """The unstemmed words of `text` as an index holds them: lower case, no accents, no possessive s."""
    return PLAIN.analyze(_POSSESSIVE.sub("", text))


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


def read(text: str, *, exact: bool = False) -> QueryWords:
    """The terms of what someone typed, with synonyms unless `exact`."""
    text = clean_line(text)
    all_words = words_of(text[:MOST_CHARACTERS])
    kept = [word for word in all_words if word not in SMALL_WORDS] or all_words
    words = tuple(kept[:MOST_TERMS])
    was_cut = len(text) > MOST_CHARACTERS or len(kept) > MOST_TERMS
    terms = tuple(Term((word,)) for word in words) if exact else tuple(_with_synonyms(words))
    return QueryWords(terms, was_cut)


def _with_synonyms(words: tuple[str, ...]):
    known = synonyms()
    longest = max((len(phrase) for phrase in known), default=1)
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            phrase = words[at : at + length]
            if also := known.get(_stems(phrase)):
                yield Term(phrase, also)
                break
        else:
            length = 1
            yield Term((words[at],))
        at += length


def _stems(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem(word) for word in phrase)


@cache
def synonyms() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The synonyms of each phrase, by its stems: the other phrases of its line in synonyms.txt."""
    known: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in (Path(__file__).parent / "synonyms.txt").read_text().splitlines():
        phrases = [tuple(words_of(part)) for part in line.partition("#")[0].split(",") if part.strip()]
        for phrase in phrases:
            others = tuple(other for other in phrases if other != phrase)
            known[_stems(phrase)] = known.get(_stems(phrase), ()) + others
    return known
