"""Spelling suggestions: words of findable documents close to a typed one that none has.

The name of a council needs more likeness than other words. There are hundreds, one of which is near almost everything
that can be typed: nonsense would else become a place, and its page one of unrelated hits.

A word that is spelt right is only offered what is close to it, and never taken for it: snow is not know.
"""

import itertools
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Protocol

from django.core.cache import cache

from core.english import is_english, stem
from councils.models import Organisation
from search.port import SearchEngine
from search.words import QueryWords, words_of

MOST_CHOICES = 3
MOST_PAIRS = 3  # of words side by side for which whole texts are read
REMEMBERED = 60  # seconds
SHORT_NAME, LONG_NAME = 6, 10  # letters
SHORT = 5  # letters up to which none may be another: one may be missing, too many or swapped
SHORTEST, LONG = 4, 8  # letters from which one, and two, of a word may be wrong: purple is not people, nor planet place


class Asking(Protocol):
    engine: SearchEngine
    labels: frozenset[str]
    hidden: tuple[str, ...]


def distance(one: str, other: str, most: int) -> int:
    """The edit distance of two words, with swaps of neighbours; `most` + 1 for anything over `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, line = before, line, [i]
        for j, another in enumerate(other, start=1):
            cost = min(before[j] + 1, line[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                cost = min(cost, earlier[j - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
    return line[-1]


def reach(word: str) -> int:
    """The largest edit distance from `word` at which another may have been meant."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG else 2


def is_like(other: str, word: str) -> bool:
    """Whether `other` is close to `word`; compares lengths and letters first, which is quick."""
    far = reach(word)
    if abs(len(other) - len(word)) > far or len(set(other) ^ set(word)) > 2 * far:
        return False
    return distance(word, other, far) <= far


def names_of_councils() -> frozenset[str]:
    """The words of the short names of councils, today's and former ones; remembered for a minute."""
    return cache.get_or_set("search:names-of-councils", _words_of_names, REMEMBERED) or frozenset()


def _words_of_names() -> frozenset[str]:
    names = Organisation.objects.councils().order_by().values_list("name", "former_names")
    return frozenset(word for pair in names for word in words_of(" ".join(pair)))


def close_words(asking: Asking, words: QueryWords, *, synonyms: Collection[str] = ()) -> Mapping[str, list[str]]:
    """For each typed word without results, the closest words with some or of synonyms, best first.

    The first letter is seldom wrong: where it is, nothing else may be, or “engine” would be taken for “online”.
    """
    close: dict[str, list[str]] = {}
    names: frozenset[str] | None = None
    unknown: list[str] = []
    for word in dict.fromkeys(word.lower() for term in words.terms for word in term.words):
        candidates = list(asking.engine.similar_words(word, readers=asking.labels, hidden=asking.hidden))
        found = {candidate for candidate, _ in candidates}
        candidates += [(each, 0) for each in synonyms if each not in found and is_like(each, word)]
        if any(stem(candidate) == stem(word) for candidate, _ in candidates):
            continue
        unknown.append(word)
        most = reach(word)
        like = [
            (far, -count, candidate)
            for candidate, count in candidates
            if len(word) > 2 and (far := distance(word, candidate, most)) <= (most if candidate[0] == word[0] else 1)
            if is_english(word) or not _has_another_letter(word, candidate)
        ]
        if not like:
            continue
        names = names_of_councils() if names is None else names
        ranked = sorted(each for each in like if each[2] not in names or _is_that_council(word, each[0], each[2]))
        if ranked:
            close[word] = [candidate for _, _, candidate in ranked[:MOST_CHOICES]]
    return close | _close_pairs(asking, words, unknown, close)


def _close_pairs(
    asking: Asking, words: QueryWords, unknown: Collection[str], close: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """For two mistyped words side by side, those of a phrase that stands in records: blu badg is blue badge.

    Only in such a phrase is a short word taken for another, and one letter of each is wrong.
    """
    typed = [word.lower() for term in words.terms for word in term.words]
    found: dict[str, list[str]] = {}
    asked_for = 0
    for pair in itertools.pairwise(typed):
        is_open = any(word in unknown and word not in close for word in pair) and not found.keys() & {*pair}
        is_open = is_open and not any(map(is_english, pair))
        if not is_open or min(map(len, pair)) < SHORTEST - 1 or max(map(len, pair)) < SHORTEST:
            continue
        if (asked_for := asked_for + 1) > MOST_PAIRS:
            break  # each brings whole texts, and a query of twenty words that nobody knows is no misspelt phrase
        texts = asking.engine.texts_with_words_like(pair, readers=asking.labels, hidden=asking.hidden)
        pairs = Counter(each for text in texts for each in _pairs_like(pair, words_of(text)))
        if pairs:
            found |= {word: [meant] for word, meant in zip(pair, pairs.most_common(1)[0][0], strict=True)}
    return found


def _pairs_like(pair: tuple[str, ...], words: list[str]) -> set[tuple[str, str]]:
    """The words that stand side by side and are each a letter from one of the pair, the first letter right."""
    return {
        both
        for both in itertools.pairwise(words)
        if all(word[0] == other[0] and distance(word, other, 1) == 1 for word, other in zip(pair, both, strict=True))
    }


def _is_that_council(word: str, far: int, name: str) -> bool:
    """Whether a typed word at this distance from a word of a council's name is it misspelt.

    Its first letter is right, and one other may be wrong; two of a long name. In a short one, where one wrong letter
    makes Devon of a demon and Melton of a melon, letters are only swapped or doubled.
    """
    if word[0] != name[0]:
        return False
    if min(len(word), len(name)) < SHORT_NAME:
        return far == 1 and set(word) == set(name)
    return far <= (1 if len(name) < LONG_NAME else 2)


def _has_another_letter(word: str, other: str) -> bool:
    """Whether a short word differs from the other by a letter in place of another, or by its first."""
    if len(word) > SHORT:
        return False
    return word[0] != other[0] or (len(word) == len(other) and sorted(word) != sorted(other))


def corrected(words: QueryWords, close: Mapping[str, list[str]]) -> str:
    """The query with each misspelt word replaced by its closest; empty where nothing changes."""
    meant = {word: others[0] for word, others in close.items() if not is_english(word)}
    if not meant:
        return ""
    return " ".join(meant.get(word.lower(), word) for term in words.terms for word in term.words)
