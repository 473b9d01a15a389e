"""The query of a search, read from an address. A value that means nothing is ignored, and the page says so."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from assets_registry.models import Asset
from core.filters import MOST_STRANGE, MOST_VALUES, not_understood
from core.numbers import whole_number
from core.tables import format_not_understood
from core.text import clean_line
from core.words import series
from councils.kinds import COUNCIL_CHOICES, REGIONS
from councils.likeness import DEFAULT, Weights
from councils.models import Service
from projects.models import Discovery, Project, Purpose
from publishing.evidence import WORDS
from search.documents import FACETS, KINDS
from search.port import MOST_PAGES
from search.vocabulary import Vocabulary, as_of, vocabulary, words_of
from search.words import MOST_CHARACTERS, QueryWords, read

FACET_NAMES = {
    "service": "Service",
    "council_type": "Council type",
    "region": "Region",
    "stage": "Stage",
    "asset_kind": "Kind of asset",
    "evidence": "Evidence",
    "principle": "Principle",
    "year": "Year",
}
# What a search without this filter looks at.
_ALL_OF = {
    "service": "all services",
    "council_type": "every type of council",
    "region": "all regions",
    "stage": "every stage",
    "asset_kind": "every kind of asset",
    "evidence": "all levels of evidence",
    "principle": "all principles",
    "year": "all years",
}
STAGES = {**dict(Discovery.Step.choices), **dict(Project.Stage.choices), "finished": "Finished"}
_FIXED: dict[str, dict[str, str]] = {
    "council_type": dict(COUNCIL_CHOICES),
    "region": {name: name for name in REGIONS},
    "stage": STAGES,
    "asset_kind": dict(Asset.Kind.choices),
    "evidence": {str(level): f"{level}: {words}" for level, words in WORDS.items()},
}
_ROWS = ("service", "principle")  # facets whose values are rows
_KEPT_FOR = 300  # seconds
SORTS = ("relevance", "newest", "alike")  # the last: councils like the one that `like` names


def services() -> dict[str, str]:
    """Names of the services by slug."""

    def read_services() -> dict[str, str]:
        return dict(Service.objects.values_list("slug", "name"))

    return cache.get_or_set("search:services", read_services, _KEPT_FOR) or {}


def principles() -> dict[str, str]:
    """Names of the principles that records are tagged with, by key."""

    def read_principles() -> dict[str, str]:
        tags = Purpose.objects.filter(kind=Purpose.Kind.PRINCIPLE)
        return {str(pk): name for pk, name in tags.values_list("pk", "name")}

    return cache.get_or_set("search:principles", read_principles, _KEPT_FOR) or {}


def _named(facet: str) -> dict[str, str]:
    """The names of a facet's values that are rows, by value."""
    return services() if facet == "service" else principles()


def value_label(facet: str, value: str) -> str:
    """The label of a facet's value."""
    if facet in _ROWS:
        return _named(facet).get(value, value)
    return _FIXED.get(facet, {}).get(value, value)


def without_words(facet: str, values: Iterable[str]) -> str:
    """The words for dropping a filter: Look at all services, not only Household waste collection."""
    return f"Look at {_ALL_OF[facet]}, not only {series(value_label(facet, value) for value in values)}"


def _is_known(facet: str, value: str) -> bool:
    if facet in _ROWS:
        return value in _named(facet)
    if facet == "year":
        return re.fullmatch(r"(19|20)\d\d", value, re.ASCII) is not None
    return value in _FIXED[facet]


@dataclass(frozen=True)
class SearchQuery:
    """A search as read from its address."""

    q: str = ""
    kind: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    exact: bool = False
    like: str = ""  # the council that others are to be like, by its address
    weights: Weights = DEFAULT  # of what makes councils alike
    not_understood: tuple[str, ...] = ()  # in words: region “wales”
    known: Vocabulary | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_query(cls, query: QueryDict) -> "SearchQuery":
        filters, strange = {}, []
        for name in FACETS:
            values = dict.fromkeys(value for value in query.getlist(name)[:MOST_VALUES] if value)
            known = tuple(value for value in values if _is_known(name, value))
            if known:
                filters[name] = known
            strange += [not_understood(FACET_NAMES[name], value) for value in values if value not in known]
        kind, sort, page = query.get("kind", ""), query.get("sort", ""), query.get("page", "")
        strange += [not_understood("kind", kind)] if kind and kind not in KINDS else []
        strange += [not_understood("order", sort)] if sort and sort not in SORTS else []
        weights, not_weights = Weights.from_query(query)
        strange += not_weights
        strange += format_not_understood(query)
        return cls(
            q=clean_line(query.get("q", ""))[: MOST_CHARACTERS + 1],
            kind=kind if kind in KINDS else "",
            filters=filters,
            sort=sort if sort in SORTS else "relevance",
            page=min(whole_number(page, most=9999) or 1, MOST_PAGES),
            exact=query.get("exact") == "1",
            like=clean_line(query.get("like", ""))[:80],
            weights=weights,
            not_understood=tuple(strange[:MOST_STRANGE]),
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The editors' words in force; `reading` asks for them once for this search and all others made of it."""
        return self.known or vocabulary()

    def reading(self, stamp: UUID | None = None) -> "SearchQuery":
        """The same search with the editors' words as they are in force now, where they are not known yet.

        Whoever has read their stamp just now hands it in.
        """
        return self if self.known or not self.q else replace(self, known=as_of(stamp) if stamp else vocabulary())

    @cached_property
    def words(self) -> QueryWords:
        return read(self.q, exact=self.exact, known=self.vocabulary)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.filters)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for: no filter and no word, or only signs."""
        return not words_of(self.q[:MOST_CHARACTERS]) and (bool(self.q) or not self.is_narrowed)

    def address(self, **changes: Any) -> str:
        """The address of this search with changes; on the first page unless `page` is given."""
        other = replace(self, **{"page": 1, **changes})
        query = QueryDict(mutable=True)
        query["q"] = other.q
        if other.kind:
            query["kind"] = other.kind
        for name, values in other.filters.items():
            query.setlist(name, list(values))
        if other.sort != "relevance":
            query["sort"] = other.sort
        if other.sort == "alike" and other.like:
            query["like"] = other.like
            query.update(other.weights.query)
        if other.exact:
            query["exact"] = "1"
        if other.page > 1:
            query["page"] = str(other.page)
        return f"?{query.urlencode()}"

    @property
    def url(self) -> str:
        return reverse("search:search") + self.address()

    def without(self, facet: str, value: str | None = None) -> "SearchQuery":
        """The same search with one filter dropped, or one value of it."""
        kept = tuple(v for v in self.filters[facet] if value is not None and v != value)
        filters = {name: values for name, values in self.filters.items() if name != facet}
        return replace(self, page=1, filters={**filters, facet: kept} if kept else filters)
