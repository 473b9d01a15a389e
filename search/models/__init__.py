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
from search.saved.models import SavedSearch

__all__ = [
    "MOST_PINS",
    "Change",
    "ChangeQuerySet",
    "Cursor",
    "PinnedResult",
    "PinnedSearch",
    "SavedSearch",
    "SearchedWords",
    "SynonymGroup",
    "SynonymPhrase",
    "WordList",
]
