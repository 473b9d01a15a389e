"""The editors' words as every process holds them: synonyms and pinned results, read anew when their stamp changes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from uuid import UUID

from django.db.models import QuerySet

from core.english import PLAIN, SMALL_WORDS, stem
from core.statements import built_once
from search.models import PinnedResult, SynonymPhrase, WordList

_POSSESSIVE = re.compile(r"[’']s\b", re.IGNORECASE)

Phrase = tuple[str, ...]
# The other phrases of each phrase's group, by the stems of its telling words.
Synonyms = Mapping[Phrase, tuple[Phrase, ...]]


def words_of(text: str) -> list[str]:
    """The unstemmed words of `text` as an index holds them: plain letters in lower case, no possessive s."""
    return PLAIN.analyze(_POSSESSIVE.sub("", unicodedata.normalize("NFKC", text)))


def is_acronym(word: str) -> bool:
    """Whether a word of a search is in capitals, which is how acronyms are written there.

    A letter such as 🅐 is a capital of which there is no small form: it is no acronym.
    """
    return word.isupper() and word != word.lower()


def telling(words: Iterable[str]) -> Phrase:
    """These words without the small ones; all of them where each is small."""
    words = tuple(words)
    return tuple(word for word in words if word not in SMALL_WORDS) or words


def stems_of(phrase: Iterable[str]) -> Phrase:
    """The stems of a phrase's words: those of council house and council housing are equal."""
    return tuple(stem(word) for word in phrase)


@lru_cache(maxsize=10_000)
def key_of(text: str) -> str:
    """The stems of a text's telling words, as one text; empty where it holds no word.

    Synonyms, pinned and saved searches and the names of services are known by it, so that each is found by whatever
    form of it a search reads.
    """
    return " ".join(stems_of(telling(words_of(text))))


@dataclass(frozen=True)
class Vocabulary:
    """Synonyms, and the keys of pinned results by `key_of` the words they were pinned for."""

    synonyms: Synonyms = field(default_factory=dict)
    pins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def longest(self) -> int:
        """How many telling words the longest phrase has."""
        return max(map(len, self.synonyms), default=1)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The phrases that are short for another of their group: send for special educational needs, dpa, foi."""
        single = {phrase[0] for also in self.synonyms.values() for phrase in also if len(phrase) == 1}
        return frozenset(word for word in single if _is_short_for(word, self.synonyms.get((stem(word),), ())))

    @cached_property
    def stems_of_acronyms(self) -> frozenset[str]:
        return frozenset(map(stem, self.acronyms))

    @cached_property
    def meant(self) -> Synonyms:
        """The synonyms, their acronyms in capitals: a record has SEND, and not send, as a word of its own."""
        return {known: tuple(self._in_capitals(phrase) for phrase in also) for known, also in self.synonyms.items()}

    def _in_capitals(self, phrase: Phrase) -> Phrase:
        return (phrase[0].upper(),) if len(phrase) == 1 and phrase[0] in self.acronyms else phrase

    @cached_property
    def joined(self) -> Mapping[str, Phrase]:
        """The phrases of several words by the stem of all of them written as one: flytip is fly tipping."""
        phrases = (phrase for also in self.synonyms.values() for phrase in also)
        return {stem("".join(telling(phrase))): phrase for phrase in phrases if len(telling(phrase)) > 1}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all synonyms without the small ones: somebody who misspells one has no record that holds it."""
        phrases = (phrase for also in self.synonyms.values() for phrase in also)
        return frozenset(word for phrase in phrases for word in telling(phrase))

    def without_group(self, texts: Iterable[str]) -> "Vocabulary":
        """The same without the group of these phrases."""
        gone = _folded(texts).keys()
        return Vocabulary({known: also for known, also in self.synonyms.items() if known not in gone}, self.pins)

    def with_group(self, texts: Iterable[str]) -> "Vocabulary":
        """The same with one more group of synonyms, for trying it before it is saved."""
        return Vocabulary({**self.synonyms, **_group(_folded(texts))}, self.pins)


def _folded(texts: Iterable[str]) -> dict[Phrase, Phrase]:
    """The whole phrases of a group by the stems of their telling words, the first of those with equal ones."""
    phrases: dict[Phrase, Phrase] = {}
    for text in texts:
        if words := tuple(words_of(text)):
            phrases.setdefault(stems_of(telling(words)), words)
    return phrases


def _group(phrases: Mapping[Phrase, Phrase]) -> Synonyms:
    return {
        stems: tuple(other for key, other in phrases.items() if key != stems) for stems in phrases if len(phrases) > 1
    }


def _is_short_for(word: str, others: Iterable[Phrase]) -> bool:
    """Whether a word is the first letters of one of these phrases, with or without its small words.

    Of three letters or more it may have one besides, as SEND has; bins is not short for bulky items.
    """
    for phrase in others:
        for words in (phrase, telling(phrase)):
            first = "".join(each[0] for each in words)
            if len(words) > 1 and (word == first or (len(first) > 2 and word[:-1] == first)):
                return True
    return False


# What this process has read, and the stamp it stands for.
_held: tuple[UUID | None, Vocabulary] = (None, Vocabulary())


def vocabulary() -> Vocabulary:
    """The words in force, in one query; read anew only when an editor has changed them.

    The stamp is a row rather than an entry of the cache: it is the same for every process on every site, also where
    the cache is each process's own, and a change that is rolled back never was.
    """
    return as_of(next((stamp for (stamp,) in _stamp()), None))


def as_of(stamp: UUID | None) -> Vocabulary:
    """The words of a stamp that was read just now."""
    global _held
    if stamp != _held[0]:
        _held = (stamp, _read())
    return _held[1]


@built_once
def _stamp() -> QuerySet:
    return WordList.objects.values_list("stamp").order_by()[:1]


def _read() -> Vocabulary:
    groups: dict[int, list[str]] = {}
    for group, text in SynonymPhrase.objects.order_by("group", "pk").values_list("group", "text"):
        groups.setdefault(group, []).append(text)
    synonyms: dict[Phrase, tuple[Phrase, ...]] = {}
    for texts in groups.values():  # of groups that were stored with one phrase in two forms, the first has it
        synonyms = {**_group(_folded(texts)), **synonyms}
    pins: dict[str, list[str]] = {}
    for stems, key in PinnedResult.objects.order_by("search", "position").values_list("search__stems", "key"):
        pins.setdefault(stems, []).append(key)
    return Vocabulary(synonyms, {stems: tuple(keys) for stems, keys in pins.items()})
