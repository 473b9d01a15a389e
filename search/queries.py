"""Searching: which engine answers, what the reader may see of it, and where each hit is found."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar
from uuid import UUID

import structlog
from django.core.cache import cache
from django.db.models import CharField, Value

from accounts.models import AnyUser
from core.filters import not_understood
from core.origin import Origin
from core.tables import made_up_cell
from search import alike, pins, spelling
from search.asking import SearchQuery, without_words
from search.documents import KINDS
from search.engines import engines
from search.engines.embedded import EmbeddedEngine
from search.models import Change
from search.named import NamedAnswer, named_councils, named_service, named_services
from search.places import RecordPlace, addresses, places
from search.port import LEAST_LETTERS, MOST_PAGES, PAGE_SIZE, Hit, SearchEngine, SearchPage, SearchRequest, Unreachable
from search.readers import labels_of
from search.sources import SOURCES, numbers_of
from search.words import QueryWords

log = structlog.get_logger(__name__)

# Of the changes that the index has not seen, so many, the newest first, are looked at one by one.
MOST_LOOKED_AT = 500
# Where there are more, what was seen is remembered for so many seconds.
REMEMBERED = 1
# After an engine failed to answer, nobody waits for it for so many seconds.
BREAK = 20
MOST_WAYS = 5


class Result(NamedTuple):
    """A hit with what comes from the row: its address, its chain, and how it stands for the reader now."""

    hit: Hit
    url: str
    chain: str = ""
    standing: str = ""
    is_pinned: bool = False
    why: str = ""  # it stands where it does, in the order “councils like mine”

    @property
    def kind(self) -> str:
        return KINDS[self.hit.kind][0]


@dataclass(frozen=True)
class WayOut:
    """A filter to drop, and the number of results without it."""

    label: str
    href: str
    count: int


@dataclass(frozen=True)
class Answer:
    """The outcome of a search. `asked` differs from what was typed where only another spelling matched."""

    asked: SearchQuery
    page: SearchPage
    results: tuple[Result, ...]
    engine: str = ""
    is_fallback: bool = False
    is_behind: bool = False
    begun: str = ""
    corrected: str = ""
    close_words: tuple[str, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    named: tuple[NamedAnswer, ...] = ()
    near: alike.Nearness | None = None  # where the order is “councils like mine”
    pinned: int = 0  # of the total, how many stand before the first page, picked by editors

    @property
    def is_available(self) -> bool:
        return bool(self.engine)


class Moment(NamedTuple):
    """What an index does not know yet.

    Keys that the reader may no longer find, whether there is more to follow than was looked at, and the stamp of the
    editors' words, None where that was not asked.
    """

    hidden: tuple[str, ...] = ()
    is_behind: bool = False
    stamp: UUID | None = None


class Searching:
    """Searches of one engine for one person."""

    def __init__(
        self,
        engine: SearchEngine,
        user: AnyUser,
        *,
        labels: frozenset[str] | None = None,
        moment: "Moment | None" = None,
    ) -> None:
        self.engine = engine
        self.user = user
        self.labels = labels_of(user) if labels is None else labels
        self.moment = moment or moment_of(engine, user)
        self.hidden, self.is_behind = self.moment.hidden, self.moment.is_behind
        self.pins = pins.Pins()
        self.near: alike.Nearness | None = None
        self._places: dict[str, RecordPlace | None] = {}

    def pin(self, asked: SearchQuery) -> None:
        """Leave out of every page from now on what is pinned for this search."""
        self.pins = pins.pins_of(asked, self.user, self.labels)

    def page(self, asked: SearchQuery, *, size: int = PAGE_SIZE, words: QueryWords | None = None) -> SearchPage:
        if self.near is None:
            return self._page(asked, size, words)
        # The newest of all, as many as anybody can leaf through, put into order here: engines know no likeness.
        whole = self._page(replace(asked, sort="newest", page=1), MOST_PAGES * PAGE_SIZE, words)
        owners = {key: place.owner for key, place in self.places(hit.key for hit in whole.hits).items()}
        start = (asked.page - 1) * size
        return replace(whole, hits=tuple(self.near.ordered(whole.hits, owners)[start : start + size]))

    def _page(self, asked: SearchQuery, size: int, words: QueryWords | None) -> SearchPage:
        return self.engine.search(
            SearchRequest(
                words=words or asked.words,
                readers=self.labels,
                hidden=tuple(dict.fromkeys((*self.hidden, *self.pins.keys))),
                kind=asked.kind,
                filters=asked.filters,
                newest_first=asked.sort == "newest",
                page=asked.page,
                size=size,
            )
        )

    def places(self, keys: Iterable[str]) -> dict[str, RecordPlace]:
        """The places of these documents, of those that the reader may find now; each is asked for once."""
        keys = list(keys)
        if unknown := [key for key in keys if key not in self._places]:
            self._places |= dict.fromkeys(unknown) | places(unknown, self.user)
        return {key: place for key in keys if (place := self._places[key])}

    def why(self, place: RecordPlace) -> str:
        """Why a result stands where it does, where the order says."""
        return self.near.why(place.owner) if self.near else ""

    def page_of_words(self, asked: SearchQuery, *, size: int = PAGE_SIZE) -> tuple[SearchPage, str]:
        """The page of results. Without any, the last word is taken as unfinished, and returned if that finds some."""
        page = self.page(asked, size=size)
        if page.total or asked.exact or len(asked.words.last) < LEAST_LETTERS:
            return page, ""
        begun = self.page(asked, size=size, words=asked.words.begun())
        return (begun, asked.words.last) if begun.total else (page, "")

    def total(self, asked: SearchQuery) -> int:
        """How many results a search with other words or filters has, its pinned ones included."""
        other = Searching(self.engine, self.user, labels=self.labels, moment=self.moment)
        other.pin(asked)
        page, _ = other.page_of_words(asked, size=1)
        return page.total + len(other.pins.hits(asked))


Found = TypeVar("Found")


def first_answer(question: Callable[[SearchEngine], Found]) -> tuple[Found, bool] | None:
    """The answer of the first engine that can be reached, and whether that is not the main one; None without any."""
    for position, engine in enumerate(engines()):
        if cache.get(f"search:broken:{engine.name}"):
            continue
        try:
            return question(engine), position > 0
        except Unreachable as problem:
            # Not what it said: that may hold the words looked for.
            cause = type(problem.__cause__ or problem).__name__
            log.warning("search_unreachable", engine=engine.name, problem=cause)
            skip_for_a_while(engine)
    return None


def search(user: AnyUser, asked: SearchQuery, *, size: int = PAGE_SIZE) -> Answer:
    """Search with the first engine that answers; an empty answer that says so where none does."""
    near = alike.nearness(asked) if asked.sort == "alike" else None
    if asked.sort == "alike" and near is None:
        strange = not_understood("council", asked.like or "none named")
        asked = replace(asked, sort="relevance", not_understood=(*asked.not_understood, strange))
    if asked.is_empty:
        return Answer(asked, SearchPage(), ())
    found = first_answer(lambda engine: search_with(engine, user, asked, size=size, near=near))
    if found is None:
        return Answer(asked, SearchPage(), ())
    answer, is_fallback = found
    return replace(answer, is_fallback=is_fallback)


def search_with(
    engine: SearchEngine,
    user: AnyUser,
    asked: SearchQuery,
    *,
    size: int = PAGE_SIZE,
    near: alike.Nearness | None = None,
) -> Answer:
    """Search with this engine, in the order of `near` where given; raises Unreachable if it does not answer."""
    searching = Searching(engine, user)
    searching.near = near
    return _answer(searching, asked.reading(searching.moment.stamp), size)


def skip_for_a_while(engine: SearchEngine) -> None:
    """Skip an engine that did not answer for a while; not the embedded one, which has no time-out to wait for."""
    if engine.name != EmbeddedEngine.name:
        cache.set(f"search:broken:{engine.name}", True, BREAK)


def _answer(searching: Searching, asked: SearchQuery, size: int) -> Answer:
    searching.pin(asked)
    page, begun = searching.page_of_words(asked, size=size)
    corrected = ""
    close: Mapping[str, list[str]] = {}
    pinned = searching.pins.hits(asked)
    # While many changes wait to be followed, a word may come from what was just taken back.
    if not page.total and not pinned and asked.q and not asked.exact and not searching.is_behind:
        close = spelling.close_words(searching, asked.words, synonyms=asked.vocabulary.words)
        corrected = spelling.corrected(asked.words, close)
        if corrected:
            respelt = replace(asked, q=corrected)
            if (second := searching.page(respelt, size=size)).total:
                asked, page = respelt, second
            else:
                corrected = ""
    first = pinned if asked.page == 1 else ()
    found = searching.places(hit.key for hit in (*first, *page.hits))
    standing = standings(found, searching.user)
    results = tuple(
        Result(hit, place.url, place.chain, standing.get(hit.key, ""), number < len(first), searching.why(place))
        for number, hit in enumerate((*first, *page.hits))
        if (place := found.get(hit.key))
    )
    gone = len(first) + len(page.hits) - len(results)
    page = searching.pins.counted_in(page, asked)
    page = replace(page, total=page.total - gone) if results or not gone else SearchPage()
    return Answer(
        asked,
        page,
        results,
        searching.engine.name,
        is_behind=searching.is_behind,
        begun=begun,
        corrected=corrected,
        close_words=() if results else _found_words(searching, asked, close),
        ways_out=() if results or searching.is_behind else ways_out(searching, asked),
        named=() if asked.page > 1 or asked.is_narrowed else _named(searching, asked, page),
        pinned=len(pinned),
        near=searching.near,
    )


def _found_words(searching: Searching, asked: SearchQuery, close: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The close words that find something; of those of synonyms it has to be asked."""
    words = dict.fromkeys(word for words in close.values() for word in words)
    known = asked.vocabulary
    return tuple(word for word in words if word not in known.words or searching.total(SearchQuery(q=word, known=known)))


def _named(searching: Searching, asked: SearchQuery, page: SearchPage) -> tuple[NamedAnswer, ...]:
    """The services and councils with the name typed or meant. A count that lags would say what was taken back.

    Every name of a council stands in its document: where others were found and none of a council, none has this one.
    """
    has_councils = page.kinds.get("council") or not page.total or searching.is_behind
    shown = () if searching.is_behind else named_services(asked)
    counts = ((name, other, searching.total(other)) for name, other in shown)
    councils = named_councils(asked.q) if has_councils else ()
    return (*(named_service(*each) for each in counts if each[2]), *councils)


def ways_out(searching: Searching, asked: SearchQuery) -> tuple[WayOut, ...]:
    """For a search without results: each filter to drop, by the number of results that brings."""
    ways = []
    if asked.kind:
        ways.append((f"Look beyond {KINDS[asked.kind][1].lower()}", replace(asked, kind="", page=1)))
    ways += [(without_words(name, values), asked.without(name)) for name, values in asked.filters.items()]
    if len(ways) > 1:
        ways.append(("Search without any filter", replace(asked, kind="", filters={}, page=1)))
    ways += [(f"Search for “{words}” only", replace(asked, q=words, page=1)) for words in fewer_words(asked)]
    found = [WayOut(label, other.address(), searching.total(other)) for label, other in ways if not other.is_empty]
    return tuple(sorted((way for way in found if way.count), key=lambda way: -way.count)[:MOST_WAYS])


def fewer_words(asked: SearchQuery) -> list[str]:
    """The query with each of its terms left out in turn, where there are a few."""
    terms = [" ".join(term.words) for term in asked.words.terms]
    if not 2 <= len(terms) <= 5:
        return []
    return [" ".join(terms[:n] + terms[n + 1 :]) for n in range(len(terms))]


def moment_of(engine: SearchEngine, user: AnyUser) -> Moment:
    """Keys that the index still holds but that the reader may no longer find, so that withdrawals take effect at once.

    Looks at what changed since the engine last followed: usually nothing. Of more than MOST_LOOKED_AT changes it
    looks at the newest, and says that the index is behind: counts may then lag for a moment, and results never do,
    since each is asked of its row.
    """
    remembered = f"search:hidden:{engine.name}:{user.pk or 0}"
    if known := cache.get(remembered):
        return Moment(*known)
    unseen = Change.unseen(engine.name, MOST_LOOKED_AT + 1)
    if unseen is None:
        raise Unreachable("This index has not been built from this database.")
    keys = {f"{kind}:{key}" for kind, key in unseen.changes[:MOST_LOOKED_AT] if kind in SOURCES}
    hidden = tuple(sorted(keys - addresses(keys, user).keys())) if keys else ()
    is_behind = len(unseen.changes) > MOST_LOOKED_AT
    if is_behind:
        cache.set(remembered, (hidden, is_behind), REMEMBERED)
    return Moment(hidden, is_behind, unseen.stamp)


def standings(keys: Iterable[str], user: AnyUser) -> dict[str, str]:
    """How the rows of these documents stand for this reader now, in words, of those that have any to say."""
    return {
        f"{name}:{pk}": words
        for name, numbers in numbers_of(keys).items()
        for pk, words in SOURCES[name].standings(numbers, user).items()
    }


def made_up_cells(results: Iterable[Result]) -> dict[str, str]:
    """The file's cell “made up” of each result, by its key; one query for all kinds."""
    cells = {result.hit.key: "no" for result in results}
    queries = [
        SOURCES[name]
        .model._base_manager.filter(pk__in=numbers)
        .order_by()
        .values_list(Value(name, output_field=CharField()), "pk", "source", "is_illustrative")
        for name, numbers in numbers_of(cells).items()
        if hasattr(SOURCES[name].model, "is_illustrative")
    ]
    for name, pk, *origin in queries[0].union(*queries[1:], all=True) if queries else ():
        cells[f"{name}:{pk}"] = made_up_cell(Origin(*origin))
    return cells
