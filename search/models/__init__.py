from search.models.changes import Change, ChangeQuerySet, Cursor
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
    "ChangeQuerySet",
    "Cursor",
    "PinnedResult",
    "PinnedSearch",
    "SearchedWords",
    "SynonymGroup",
    "SynonymPhrase",
    "WordList",
]
