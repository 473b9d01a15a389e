"""English stems and stop words, for search and for comparing texts."""

from functools import lru_cache

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
