"""English stems, stop words and common words, for search and for comparing texts."""

from functools import cache, lru_cache
from pathlib import Path

import tantivy

# They carry no meaning of their own.
SMALL_WORDS = frozenset(
    "a an and are as at be by can do does for from has have how i in is it its my of on or our that the their to was "
    "we what when where which who with you your".split()
)


def _plain_analyzer() -> tantivy.TextAnalyzerBuilder:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.lowercase())  # folding makes G of ǧ and ɢ
    )


PLAIN = _plain_analyzer().build()
ENGLISH = _plain_analyzer().filter(tantivy.Filter.stemmer("english")).build()


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """The English stem of a word: collections and collecting become collect."""
    return " ".join(ENGLISH.analyze(word)) or word


def is_english(word: str) -> bool:
    """Whether this is a common word of English, in small letters: what is spelt right is no misspelling of another."""
    return word in _common_words()


@cache
def _common_words() -> frozenset[str]:
    lines = Path(__file__).with_name("english_words.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
