"""Suggestions while someone types: services with results, titles, and always a search for what was typed."""

from collections.abc import Iterator
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser

from accounts.models import AnyUser
from core.words import counted
from search.asking import SearchQuery, services
from search.documents import KINDS
from search.port import MOST_SUGGESTIONS, SearchEngine, SearchPage, Suggestion
from search.queries import Searching, addresses, first_answer
from search.readers import PUBLIC
from search.words import words_of

MOST_SERVICES = 2

# A row: `text` on the left, `kind` and `detail` on the right, and its address.
SuggestedRow = dict[str, str]


def suggestions(user: AnyUser, typed: str) -> list[SuggestedRow]:
    """At most eight suggestions; each that leads to a search keeps the words typed and has its number of results."""
    found = first_answer(lambda engine: _with_engine(engine, user, typed))
    return found[0] if found else [_search_row(typed, SearchPage())]


def _with_engine(engine: SearchEngine, user: AnyUser, typed: str) -> list[SuggestedRow]:
    searching = Searching(engine, user)
    asked = SearchQuery(q=typed).reading(searching.moment.stamp)
    searching.pin(asked)
    # A count that lags would say what was just taken back.
    page = SearchPage() if searching.is_behind else _page(searching, asked)
    rows = list(_service_rows(asked, page))
    titles = _titles(searching, typed, page)
    return [*rows, *titles[: MOST_SUGGESTIONS - 1 - len(rows)], _search_row(typed, page)]


def _page(searching: Searching, asked: SearchQuery) -> SearchPage:
    """The best results, the pinned ones first, and how many there are."""
    page = searching.page_of_words(asked, size=MOST_SUGGESTIONS)[0]
    return replace(searching.pins.counted_in(page, asked), hits=(*searching.pins.hits(asked), *page.hits))


def _titles(searching: Searching, typed: str, page: SearchPage) -> list[SuggestedRow]:
    """Titles that begin with what was typed, then those of the best results."""
    found = list(searching.engine.suggest(typed, readers=PUBLIC, hidden=searching.hidden))
    found += [Suggestion(hit.key, hit.kind, "".join(text for text, _ in hit.title), hit.label) for hit in page.hits]
    places = addresses([title.key for title in found], AnonymousUser())
    by_key = {title.key: title for title in reversed(found) if title.key in places}
    in_order = dict.fromkeys(title.key for title in found if title.key in by_key)
    return [
        {"text": title.title, "url": places[key], "kind": KINDS[title.kind][0], "detail": title.label}
        for key, title in ((key, by_key[key]) for key in in_order)
    ]


def _service_rows(asked: SearchQuery, page: SearchPage) -> list[SuggestedRow]:
    """Suggestions of services by name, those with the most results."""
    counts = page.facets.get("service", {})
    named = sorted(((counts[slug], slug) for slug in _services_named(asked) if counts.get(slug)), reverse=True)
    return [
        {
            "text": services()[slug],
            "url": SearchQuery(q=asked.q, filters={"service": (slug,)}).url,
            "kind": "Service",
            "detail": counted(count, "result"),
        }
        for count, slug in named[:MOST_SERVICES]
    ]


def _services_named(asked: SearchQuery) -> Iterator[str]:
    """Services whose name has words that begin with those typed, or that a synonym names."""
    words = words_of(asked.q)
    also = [phrase for term in asked.words.terms for phrase in term.also]
    for slug, name in services().items():
        names = words_of(name)
        begins = bool(words) and all(any(part.startswith(word) for part in names) for word in words)
        if begins or any({word.lower() for word in phrase} <= set(names) for phrase in also):
            yield slug


def _search_row(typed: str, page: SearchPage) -> SuggestedRow:
    detail = counted(page.total, "result") if page.total else ""
    return {"text": f"Search for “{typed}”", "url": SearchQuery(q=typed).url, "kind": "Search", "detail": detail}
