"""Searching: which engine answers, what the reader may see of it, and where each hit is found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import structlog
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from accounts.models import AnyUser
from search import spelling
from search.asking import FACET_NAMES, Asked
from search.documents import KINDS
from search.engines import engines
from search.models import Change, Cursor
from search.port import PAGE_SIZE, Hit, SearchEngine, SearchPage, SearchRequest, Unreachable
from search.readers import PUBLIC, labels_of
from search.sources import SOURCES

log = structlog.get_logger(__name__)

# Up to so many changes that the index has not seen are looked at one by one; of more, all are left out.
MOST_LOOKED_AT = 500
# After an engine failed to answer, nobody waits for it for so many seconds.
BREAK = 20
MOST_WAYS = 5


@dataclass(frozen=True)
class Result:
    """A hit with its address, which comes from the row."""

    hit: Hit
    url: str

    @property
    def kind(self) -> str:
        return KINDS[self.hit.kind][0]


@dataclass(frozen=True)
class WayOut:
    """A filter to drop, and what that would bring."""

    label: str
    href: str
    count: int


@dataclass(frozen=True)
class Answer:
    """What a search came to. `asked_for` differs from what was typed where nothing but another spelling matched."""

    asked: Asked
    page: SearchPage
    results: tuple[Result, ...]
    engine: str = ""
    is_fallback: bool = False
    corrected: str = ""
    close_words: tuple[str, ...] = ()
    ways_out: tuple[WayOut, ...] = ()

    @property
    def is_available(self) -> bool:
        return bool(self.engine)


class Searching:
    """One engine, asked on behalf of one person."""

    def __init__(self, engine: SearchEngine, user: AnyUser, *, labels: frozenset[str] | None = None) -> None:
        self.engine = engine
        self.user = user
        self.labels = labels_of(user) if labels is None else labels
        self.hidden = taken_away(engine, user)

    def page(self, asked: Asked, *, size: int = PAGE_SIZE) -> SearchPage:
        return self.engine.search(
            SearchRequest(
                words=asked.words,
                readers=self.labels,
                hidden=self.hidden,
                kind=asked.kind,
                filters=asked.filters,
                newest_first=asked.sort == "newest",
                page=asked.page,
                size=size,
            )
        )


def search(user: AnyUser, asked: Asked, *, size: int = PAGE_SIZE) -> Answer:
    """Answer with the first engine that can; where none can, say so with an empty answer."""
    tried = []
    for engine in engines():
        tried.append(engine.name)
        if cache.get(f"search:broken:{engine.name}"):
            continue
        try:
            answer = _answer(Searching(engine, user), asked, size)
        except Unreachable as problem:
            log.warning("search_unreachable", engine=engine.name, problem=str(problem))
            if engine.name != engines()[-1].name:
                cache.set(f"search:broken:{engine.name}", True, BREAK)
            continue
        return replace(answer, is_fallback=len(tried) > 1)
    return Answer(asked, SearchPage(), ())


def _answer(searching: Searching, asked: Asked, size: int) -> Answer:
    page = searching.page(asked, size=size)
    corrected = ""
    close: Mapping[str, list[str]] = {}
    if not page.total and asked.q and not asked.exact:
        close = spelling.close_words(searching, asked.words)
        corrected = spelling.corrected(asked.words, close)
        if corrected:
            respelt = replace(asked, q=corrected)
            if (second := searching.page(respelt, size=size)).total:
                asked, page = respelt, second
            else:
                corrected = ""
    places = addresses([hit.key for hit in page.hits], searching.user)
    results = tuple(Result(hit, places[hit.key]) for hit in page.hits if hit.key in places)
    gone = len(page.hits) - len(results)
    page = replace(page, total=page.total - gone)
    words = tuple(dict.fromkeys(word for words in close.values() for word in words)) if close else ()
    ways = () if results else ways_out(searching, asked)
    return Answer(asked, page, results, searching.engine.name, corrected=corrected, close_words=words, ways_out=ways)


def ways_out(searching: Searching, asked: Asked) -> tuple[WayOut, ...]:
    """For a search without results: what dropping each filter would bring, best first."""
    ways = []
    if asked.kind:
        ways.append((f"Look beyond {KINDS[asked.kind][1].lower()}", replace(asked, kind="", page=1)))
    ways += [(f"Drop the filter {FACET_NAMES[name].lower()}", asked.without(name)) for name in asked.filters]
    if len(ways) > 1:
        ways.append(("Drop every filter", replace(asked, kind="", filters={}, page=1)))
    ways += [(f"Search for “{words}” only", replace(asked, q=words, page=1)) for words in fewer_words(asked)]
    found = [WayOut(label, other.address(), searching.page(other, size=1).total) for label, other in ways]
    return tuple(sorted((way for way in found if way.count), key=lambda way: -way.count)[:MOST_WAYS])


def fewer_words(asked: Asked) -> list[str]:
    """The query with each of its terms left out in turn, where there are a few."""
    terms = [" ".join(term.words) for term in asked.words.terms]
    if not 2 <= len(terms) <= 5:
        return []
    return [" ".join(terms[:n] + terms[n + 1 :]) for n in range(len(terms))]


def taken_away(engine: SearchEngine, user: AnyUser) -> tuple[str, ...]:
    """Keys that the index still holds but that the reader may no longer find: what was taken back is gone at once.

    Looks at what changed since the engine last followed; usually nothing.
    """
    place = Cursor.objects.filter(engine=engine.name).values_list("transaction", "position").order_by().first()
    if place is None:
        raise Unreachable("This index has not been built from this database.")
    changed = {f"{kind}:{key}" for kind, key in Change.objects.beyond(*place).values_list("kind", "key").distinct()}
    if not changed or len(changed) > MOST_LOOKED_AT:
        return tuple(sorted(changed))
    return tuple(sorted(changed - addresses(changed, user).keys()))


def addresses(keys: Iterable[str], user: AnyUser) -> dict[str, str]:
    """Where each of these documents is found, for those that `user` may find now: one query for all kinds."""
    pks: dict[str, list[int]] = {}
    for key in keys:
        name, _, pk = key.partition(":")
        if name in SOURCES and pk.isdecimal():
            pks.setdefault(name, []).append(int(pk))
    queries = [
        SOURCES[name]
        .visible(user)
        .filter(pk__in=numbers)
        .order_by()
        .values_list(
            Value(name, output_field=CharField()), "pk", Cast(F(SOURCES[name].address), CharField(max_length=400))
        )
        for name, numbers in pks.items()
    ]
    if not queries:
        return {}
    rows = queries[0].union(*queries[1:], all=True)
    return {f"{name}:{pk}": SOURCES[name].url(value) for name, pk, value in rows}


def suggest(prefix: str, most: int) -> list[dict[str, str]]:
    """Titles that everybody may see, with their addresses."""
    nobody = AnonymousUser()
    for engine in engines():
        if cache.get(f"search:broken:{engine.name}"):
            continue
        try:
            hidden = taken_away(engine, nobody)
            found = engine.suggest(prefix, readers=PUBLIC, hidden=hidden)[:most]
        except Unreachable:
            cache.set(f"search:broken:{engine.name}", True, BREAK)
            continue
        places = addresses([suggestion.key for suggestion in found], nobody)
        return [{"text": s.title, "url": places[s.key], "kind": KINDS[s.kind][0]} for s in found if s.key in places]
    return []
