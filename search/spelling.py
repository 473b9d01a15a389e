"""Spelling suggestions: words of findable documents close to a typed one that none has."""

from collections.abc import Mapping
from typing import Protocol

from core.english import stem
from search.port import SearchEngine
from search.words import QueryWords

MOST_CHOICES = 3


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
    return 1 if len(word) < 6 else 2


def is_like(other: str, word: str) -> bool:
    """Whether `other` is close to `word`; compares lengths and letters first, which is quick."""
    far = reach(word)
    if abs(len(other) - len(word)) > far or len(set(other) ^ set(word)) > 2 * far:
        return False
    return distance(word, other, far) <= far


def close_words(asking: Asking, words: QueryWords) -> Mapping[str, list[str]]:
    """For each typed word without results, the closest words with some, best first."""
    close: dict[str, list[str]] = {}
    for word in dict.fromkeys(word for term in words.terms for word in term.words):
        candidates = asking.engine.similar_words(word, readers=asking.labels, hidden=asking.hidden)
        if any(stem(candidate) == stem(word) for candidate, _ in candidates):
            continue
        most = reach(word)
        ranked = sorted(
            (far, -count, candidate)
            for candidate, count in candidates
            if len(word) > 2 and (far := distance(word, candidate, most)) <= most
        )
        if ranked:
            close[word] = [candidate for _, _, candidate in ranked[:MOST_CHOICES]]
    return close


def corrected(words: QueryWords, close: Mapping[str, list[str]]) -> str:
    """The query with each unknown word replaced by its closest; empty where nothing changes."""
    if not close:
        return ""
    return " ".join(close.get(word, [word])[0] for term in words.terms for word in term.words)
