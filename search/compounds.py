"""Words that some write as one and others as two: potholes and pot holes, flytipping and fly-tipping, email and e-mail.

A search looks for either as it looks for the other. Which of them there are only the index knows: what it does not
have finds nothing.
"""

import itertools
from collections.abc import Collection, Sequence
from functools import lru_cache

from core.english import SMALL_WORDS
from search.vocabulary import Phrase

LEAST_PART = 3  # letters of each of two words that one is cut into
LEAST_WHOLE = 4  # letters of the one that two are joined to
LONGEST = 24
PREFIXES = ("e", "co", "re")  # shorter parts, which a hyphen joins: e-mail, co-design, re-use


def spellings(words: Sequence[str], beside: Collection[Phrase] | None = None) -> list[tuple[Phrase, ...]]:
    """For each of these words, typed one after the other, the other ways in which it may be written.

    Two words that may be one are each found by it: whoever types pot holes misses neither of both in potholes. An
    empty one stands for what is written one way only, and joins nothing. Where `beside` is given, only the pairs in it
    were typed beside one another: a car or a pet is no carpet.
    """
    pairs = itertools.pairwise(words)
    wholes = [_whole(*pair) if beside is None or pair in beside else () for pair in pairs]
    return [
        (*before, *after, *parts_of(word))
        for word, before, after in zip(words, [(), *wholes], [*wholes, ()], strict=False)
    ]


def _whole(one: str, other: str) -> tuple[Phrase, ...]:
    """The one word that two may be."""
    return ((one + other,),) if one and other and len(one) + len(other) >= LEAST_WHOLE else ()


@lru_cache(maxsize=10_000)
def parts_of(word: str) -> tuple[Phrase, ...]:
    """The pairs of words that one may be written as; neither is a small one, which would make for get of forget."""
    if not word.isalpha() or len(word) > LONGEST:
        return ()
    return tuple(
        (word[:cut], word[cut:])
        for cut in range(1, len(word) - LEAST_PART + 1)
        if (cut >= LEAST_PART or word[:cut] in PREFIXES) and not SMALL_WORDS & {word[:cut], word[cut:]}
    )
