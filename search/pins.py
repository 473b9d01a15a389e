"""Results that editors pinned: shown before all others, as far as the reader may find them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from accounts.models import AnyUser
from search.asking import SearchQuery
from search.documents import FACETS, SearchDocument
from search.port import EXTRACT_CHARACTERS, Hit, SearchPage
from search.sources import SOURCES
from search.vocabulary import key_of


@dataclass(frozen=True)
class Pins:
    """The pinned documents of a search that its reader may find, whatever its filters."""

    documents: tuple[SearchDocument, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(document.key for document in self.documents)

    def hits(self, asked: SearchQuery) -> tuple[Hit, ...]:
        """The pinned results that the filters leave."""
        return tuple(_hit(document) for document in self.documents if _passes(document, asked))

    def counted_in(self, page: SearchPage, asked: SearchQuery) -> SearchPage:
        """`page`, which leaves the pinned documents out, with totals and counts that hold them."""
        if not self.documents:
            return page
        kinds = _added(page.kinds, ((each.kind,) for each in self.documents if _passes(each, asked, but="kind")))
        facets = {
            name: _added(
                page.facets.get(name, {}),
                (each.facets.get(name, ()) for each in self.documents if _passes(each, asked, but=name)),
            )
            for name in FACETS
        }
        return replace(page, total=page.total + len(self.hits(asked)), kinds=kinds, facets=facets)


def pins_of(asked: SearchQuery, user: AnyUser, labels: frozenset[str]) -> Pins:
    """What editors pinned for these words, whole; nothing where the reader asked for another order.

    Read from the rows as they are now, in a number of queries that depends on nothing but the kinds pinned.
    """
    keys = asked.vocabulary.pins.get(key_of(asked.q), ()) if asked.q and asked.sort == "relevance" else ()
    return Pins(tuple(each for each in documents_of(keys, user) if not labels.isdisjoint(each.readers)))


def documents_of(keys: Iterable[str], user: AnyUser) -> list[SearchDocument]:
    """The documents of these keys that `user` may find now, made of their rows, in the order of the keys."""
    numbers: dict[str, list[int]] = {}
    for key in (keys := list(keys)):
        name, _, number = key.partition(":")
        if name in SOURCES and number.isdecimal() and len(number) < 19:
            numbers.setdefault(name, []).append(int(number))
    found: dict[str, SearchDocument] = {}
    for name, some in numbers.items():
        source = SOURCES[name]
        for row in source.rows().filter(pk__in=source.visible(user).filter(pk__in=some).order_by().values("pk")):
            if document := source.to_document(row):
                found[document.key] = document
    return [found[key] for key in keys if key in found]


def _passes(document: SearchDocument, asked: SearchQuery, *, but: str = "") -> bool:
    """Whether the filters leave a document; `but` is the one that does not count."""
    if asked.kind and but != "kind" and document.kind != asked.kind:
        return False
    return all(
        not values or name == but or not set(values).isdisjoint(document.facets.get(name, ()))
        for name, values in asked.filters.items()
    )


def _added(counts: Mapping[str, int], values: Iterable[Iterable[str]]) -> Mapping[str, int]:
    added = dict(counts)
    for value in (value for each in values for value in each):
        added[value] = added.get(value, 0) + 1
    return added


def _hit(document: SearchDocument) -> Hit:
    extract = (document.summary or document.body)[:EXTRACT_CHARACTERS]
    return Hit(
        key=document.key,
        kind=document.kind,
        title=((document.title, False),),
        extract=((extract, False),) if extract else (),
        label=document.label,
        note=document.note,
        day=document.day,
    )
