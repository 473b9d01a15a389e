"""Typed text as words and synonyms, the same for every engine.

Engines build their queries from these words, so typed text is never query syntax. A word in capitals is an acronym,
which only the same letters in capitals match; all others are lower case.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from core.english import SMALL_WORDS, stem
from core.text import clean_line
from search import compounds
from search.vocabulary import Phrase, Vocabulary, is_acronym, stems_of, telling, vocabulary, words_of

__all__ = ["MOST_CHARACTERS", "MOST_TERMS", "QueryWords", "Term", "is_acronym", "read", "words_of"]

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
    spelt: tuple[tuple[str, ...], ...] = ()  # the same written as one word, or as two: flytipping, fly tipping


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
        """The word typed last, if it may be unfinished: an acronym is not. Empty where there is none."""
        last = self.terms[-1].words[-1] if self.terms else ""
        return "" if is_acronym(last) else last

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

    @property
    def acronyms(self) -> frozenset[str]:
        """The acronyms that are looked for, typed or as synonyms."""
        phrases = (phrase for term in self.terms for phrase in (term.words, *term.also))
        return frozenset(word for phrase in phrases for word in phrase if is_acronym(word))


def read(text: str, *, exact: bool = False, known: Vocabulary | None = None) -> QueryWords:
    """The terms of what someone typed, with synonyms and other spellings unless `exact`.

    The synonyms are those in force, or those of `known`.
    """
    text = clean_line(text)
    parts = list(_parts(text[:MOST_CHARACTERS]))
    if not any(words for words, _ in parts):  # all of them small
        parts = [(tuple(words_of(text[:MOST_CHARACTERS])), False)]
    beside = frozenset(pairwise(words_of(text[:MOST_CHARACTERS])))  # with the small words, which are not looked for
    left, terms = MOST_TERMS, []
    known = Vocabulary() if exact or not any(words for words, _ in parts) else (known or vocabulary())
    acronyms = _typed_acronyms(text, known)
    for words, is_phrase in parts:
        words = words[: max(left, 0)]
        left -= len(words)
        if is_phrase and words:
            terms.append(Term(words, is_phrase=len(words) > 1))
        elif exact:
            terms += [Term((word,)) for word in words]
        else:
            terms += _spelt_otherwise(list(_with_synonyms(words, known, acronyms, beside)), beside)
    was_cut = len(text) > MOST_CHARACTERS or sum(len(words) for words, _ in parts) > MOST_TERMS
    return QueryWords(tuple(terms), was_cut)


def _parts(text: str) -> Iterator[tuple[Phrase, bool]]:
    """The words of a text in order, those between two quotation marks apart and whole; a lone mark means nothing."""
    for number, part in enumerate(_QUOTED.split(text)):
        words = words_of(part)
        is_quoted = number % 2 == 1
        yield tuple(word for word in words if is_quoted or word not in SMALL_WORDS), is_quoted


def _typed_acronyms(text: str, known: Vocabulary) -> frozenset[str]:
    """The acronyms of the synonyms that were typed in capitals, unless all was, and not for their sake."""
    capitals = {word.lower() for word in text.split() if word.isupper()}
    meant = frozenset(word for each in capitals for word in words_of(each) if word in known.acronyms)
    return meant if meant and (not text.isupper() or meant.issuperset(words_of(text))) else frozenset()


def _spelt_otherwise(terms: list[Term], beside: Collection[Phrase]) -> Iterator[Term]:
    """The terms with the other ways in which their words may be written: those of one word that is no acronym."""
    words = [term.words[0] if len(term.words) == 1 and not is_acronym(term.words[0]) else "" for term in terms]
    alone = [word if word.isalpha() else "" for word in words]
    for term, spellings in zip(terms, compounds.spellings(alone, beside), strict=True):
        yield replace(term, spelt=(*term.spelt, *spellings)) if spellings else term


def _with_synonyms(
    words: Phrase, known: Vocabulary, acronyms: frozenset[str], beside: Collection[Phrase]
) -> Iterator[Term]:
    at = 0
    while at < len(words):
        for length in range(min(max(known.longest, 2), len(words) - at), 0, -1):
            if term := _known(words[at : at + length], known, acronyms, beside):
                yield term
                break
        else:
            length = 1
            yield Term((words[at],))
        at += length


def _known(phrase: Phrase, known: Vocabulary, acronyms: frozenset[str], beside: Collection[Phrase]) -> Term | None:
    """The term of a phrase that has synonyms, also where it is written as one word or its one word as two."""
    stems = stems_of(phrase)
    if also := known.meant.get(stems):
        if len(phrase) > 1:
            return Term(phrase, also)
        [word] = phrase
        if word in acronyms:
            return Term((word.upper(),), also)
        acronym = next((each for each in (word, word.removesuffix("s")) if each in known.acronyms), "")
        # Sending is no form of SEND.
        return Term(phrase, also) if acronym or stems[0] not in known.stems_of_acronyms else None
    if len(phrase) == 1 and (whole := known.joined.get(stems[0])):
        return Term(phrase, known.meant.get(stems_of(telling(whole)), ()), spelt=(whole,))
    if phrase in beside and (also := known.meant.get((stem("".join(phrase)),))):
        return Term(phrase, also, spelt=(("".join(phrase),),))
    return None
