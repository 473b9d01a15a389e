from search.models.changes import Change, Cursor
from search.models.editors import (
    MOST_PINS,
    PinnedResult,
    PinnedSearch,
    SearchedWords,
    SynonymGroup,
    SynonymPhrase,
    WordList,
)

__all__ = [
    "MOST_PINS",
    "Change",
    "Cursor",
    "PinnedResult",
    "PinnedSearch",
    "SearchedWords",
    "SynonymGroup",
    "SynonymPhrase",
    "WordList",
]
