"""Somebody's saved searches, what each finds now, and the words of what it newly found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from accounts.models import User
from search import queries
from search.asking import SearchQuery
from search.documents import KINDS, joined
from search.port import MOST_PAGES, PAGE_SIZE
from search.saved.models import SavedSearch
from search.sources import SOURCES
from search.vocabulary import Phrase, stems_of
from search.words import read

MOST_LOOKED_AT = MOST_PAGES * PAGE_SIZE


@dataclass(frozen=True)
class FoundRecord:
    """A record in a mail: its title, what it is, and its address."""

    title: str
    what: str
    url: str


def saved_by(person: User) -> list[SavedSearch]:
    return list(SavedSearch.objects.filter(person=person).defer("found"))


def query_of(asked: SearchQuery) -> str:
    """What a search is kept as: its address without the page and the order."""
    return replace(asked, sort="relevance").address().removeprefix("?")


def same_as(asked: SearchQuery, searches: Iterable[SavedSearch]) -> SavedSearch | None:
    """The one of these that looks for the same words, in whatever form, with the same filters; None without any."""
    return next((search for search in searches if _meaning(search.asked) == _meaning(asked)), None)


def _meaning(asked: SearchQuery) -> tuple[str, tuple[tuple[Phrase, bool], ...]]:
    terms = read(asked.q, exact=True).terms
    return query_of(replace(asked, q="")), tuple((stems_of(term.words), term.is_phrase) for term in terms)


def found_now(person: User, asked: SearchQuery) -> list[str] | None:
    """The keys of what this person finds now, the newest first; None where no engine answers.

    As on the page, synonyms count. Where only another spelling finds something, it has found nothing.
    """
    answer = queries.search(person, replace(asked, sort="newest", page=1), size=MOST_LOOKED_AT)
    if not answer.is_available and not asked.is_empty:
        return None
    return [] if answer.corrected else [result.hit.key for result in answer.results]


def lines_for(person: User, keys: Iterable[str]) -> list[FoundRecord]:
    """The records with these keys that this person may find now, in this order, read from their rows."""
    places = queries.addresses(keys, person)
    lines: dict[str, FoundRecord] = {}
    for name, source in SOURCES.items():
        numbers = [key.partition(":")[2] for key in places if key.startswith(f"{name}:")]
        for row in source.rows().filter(pk__in=numbers) if numbers else ():
            if document := source.to_document(row):
                what = joined(KINDS[document.kind][0], document.label)
                lines[document.key] = FoundRecord(document.title, what, places[document.key])
    return [lines[key] for key in keys if key in lines]
