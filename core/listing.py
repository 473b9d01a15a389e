"""The one way to show a list: filters with counts, order, pages, and the same rows as a file.

An app declares a `Listing`; its view hands it the request and shows the `Found` with `{% listing %}`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core import clock
from core.filters import (
    MOST_STRANGE,
    Counts,
    Facet,
    FacetValue,
    Field,
    counts_of,
    narrowed,
    not_understood,
    read_fields,
)
from core.pagination import PAGE_SIZE, page_of
from core.tables import MADE_UP, Table, chunks_of, format_not_understood, made_up_cell, table_response, wants_table

MOST_OPTIONS, MOST_MORE = 6, 40  # shown of a facet at once, and on request

# Where counts that all strangers share are kept while the content stays as it is: nowhere, unless an app higher up
# puts something in its place.
memory = SimpleNamespace(remembered=lambda key, compute: compute())


@dataclass(frozen=True)
class ListQuery:
    """The query of a list: each field's values with their words, the order, and what was not understood."""

    chosen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sort: str = ""
    not_understood: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """The first value chosen of a field; empty where there is none."""
        return next(iter(self.chosen.get(name, {})), "")

    def address(self, *, sort: str | None = None, without: tuple[str, str] | None = None, **more: str) -> str:
        """The address of the list's first page, in another order or without one value of a field."""
        query = QueryDict(mutable=True)
        for name, values in self.chosen.items():
            kept = [value for value in values if (name, value) != without]
            if kept:
                query.setlist(name, kept)
        if order := self.sort if sort is None else sort:
            query["sort"] = order
        for name, value in more.items():
            query[name] = value
        return f"?{query.urlencode()}"

    @property
    def removable(self) -> list[dict[str, str]]:
        """Each word in use, with the address of the list without it."""
        return [
            {"label": label, "href": self.address(without=(name, value))}
            for name, values in self.chosen.items()
            for value, label in values.items()
        ]

    @property
    def count(self) -> int:
        """How many words are in use."""
        return sum(map(len, self.chosen.values()))


@dataclass(frozen=True)
class Sort:
    """An order of a list: its name in the address, its label, and the columns."""

    name: str
    label: str
    order: Callable[[QuerySet], QuerySet]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a list: a title, one sentence, one line of at most three facts. `group` is the heading above it.

    Without `url` the title is no link.
    """

    title: Any
    url: str = ""
    sentence: Any = ""
    facts: Sequence[Any] = ()
    record: Any = None
    group: str = ""
    action: Any = ""  # what can be done with it here
    about: Any = ""  # for screen readers, after a title that other rows may share


@dataclass(frozen=True)
class Nothing:
    """The text and link of an empty list. Where `href` ends with “=” the words looked for are added."""

    title: str
    text: str = ""
    action: str = ""
    href: str = ""


@dataclass(frozen=True)
class _End:
    """A column that every file ends with, if its records have it."""

    column: str
    of: str
    cell: Callable[[Any], object]


_ENDS = (
    _End("Address", "get_absolute_url", lambda row: settings.BASE_URL + row.get_absolute_url()),
    _End(MADE_UP, "is_illustrative", made_up_cell),
    _End("Source", "source", lambda row: row.source),
)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of records: what it holds, how it can be narrowed and ordered, and what a row says."""

    name: str  # of the file
    title: str  # of the file's head
    noun: tuple[str, str]  # need, needs
    fields: Sequence[Field] = ()
    rows: Callable[[Any, ListQuery], QuerySet]  # what this reader may see, before it is narrowed
    sorts: Sequence[Sort]  # the first holds where no other is asked for
    lines: Callable[[list[Any], Any], Iterable[Line]]
    columns: Sequence[str]
    cells: Callable[[list[Any]], Iterable[Sequence[object]]]  # of each row; address and origin are added
    of_a_line: Callable[[QuerySet], QuerySet] = lambda rows: rows  # what the lines read of it
    of_a_file: Callable[[QuerySet], QuerySet] = lambda rows: rows  # what the cells read of it
    nothing: Nothing
    no_match: Nothing = Nothing("")
    as_at: Callable[[ListQuery], str] = lambda asked: ""  # after the count: in force on 31 December 2014
    size: int = PAGE_SIZE
    is_personal: bool = False  # its file names people, and has no licence
    is_timeless: bool = False  # nothing of it depends on the clock, but perhaps on the day

    def read(self, query: QueryDict) -> ListQuery:
        """What an address asks for."""
        chosen, strange = read_fields(self.fields, query)
        sort = query.get("sort", "")
        names = [each.name for each in self.sorts[1:]]
        if sort and sort not in (*names, self.sorts[0].name):
            strange.append(not_understood("order", sort))
        strange += format_not_understood(query)
        return ListQuery(chosen, sort if sort in names else "", tuple(strange[:MOST_STRANGE]))

    def sorted(self, rows: QuerySet, asked: ListQuery) -> QuerySet:
        """`rows` in the order that is asked for."""
        chosen = next((each for each in self.sorts if each.name == asked.sort), self.sorts[0])
        return chosen.order(rows)

    def found(self, user: Any, asked: ListQuery) -> QuerySet:
        """The rows asked for, in their order."""
        return self.sorted(narrowed(self.rows(user, asked), self.fields, asked.chosen), asked)

    def in_words(self, asked: ListQuery) -> str:
        """The filters in words and what was not understood, for the head of the file."""
        said = [
            f"{each.label}: {', '.join(asked.chosen[each.name].values())}"
            for each in self.fields
            if each.name in asked.chosen
        ]
        return "; ".join([*said, *(f"not understood: {words}" for words in asked.not_understood)]) or "none"

    def table(self, user: Any, asked: ListQuery) -> Table:
        """All rows found, for a file; they are read in chunks as the file is written."""
        rows = self.of_a_file(self.found(user, asked))
        ends = [end for end in _ENDS if hasattr(rows.model, end.of)]
        return Table(
            name=self.name,
            title=self.title,
            columns=[*self.columns, *(end.column for end in ends)],
            rows=self._cells(rows, ends),
            filters=self.in_words(asked),
            is_personal=self.is_personal,
        )

    def _cells(self, rows: QuerySet, ends: Sequence[_End]) -> Iterator[list[object]]:
        for chunk in chunks_of(rows):
            for row, given in zip(chunk, self.cells(chunk), strict=True):
                yield [*given, *(end.cell(row) for end in ends)]


@dataclass
class ShownFacet:
    """A facet as the page shows it: its first options, and the folded ones."""

    name: str
    title: str
    options: list[FacetValue]
    more: list[FacetValue]


def folded(name: str, title: str, options: list[FacetValue], chosen: int) -> ShownFacet:
    """A facet with its first options, which include all chosen ones, and more folded away."""
    cut = max(MOST_OPTIONS, chosen)
    # One more is no longer than the words that would offer it.
    cut += len(options) == cut + 1
    return ShownFacet(name, title, options[:cut], options[cut : cut + MOST_MORE])


@dataclass
class Found:
    """One page of a list, with all that its template needs."""

    listing: Listing
    asked: ListQuery
    counts: Counts
    page: Page
    lines: list[Line]
    path: str = ""

    @property
    def noun(self) -> str:
        """The noun for the count: 1 need, 1 of 8 needs."""
        return self.listing.noun[self.counts.every != 1]

    @property
    def as_at(self) -> str:
        return self.listing.as_at(self.asked)

    @property
    def facets(self) -> list[ShownFacet]:
        """The facets with more than one value, or with a chosen one."""
        shown = []
        for each in self.listing.fields:
            if not isinstance(each, Facet) or each.is_hidden:
                continue
            options = self.counts.options[each.name]
            if len(options) > 1 or each.name in self.asked.chosen:
                shown.append(folded(each.name, each.label, options, len(self.asked.chosen.get(each.name, ()))))
        return shown

    @property
    def boxes(self) -> list[tuple[Field, str]]:
        """The text boxes, each with its text."""
        return [
            (each, each.typed(self.asked.chosen.get(each.name, {})))
            for each in self.listing.fields
            if not isinstance(each, Facet) and not each.is_hidden
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The form's hidden fields."""
        kept = [(each.name, self.asked.value(each.name)) for each in self.listing.fields if each.is_hidden]
        return [(name, value) for name, value in [*kept, ("sort", self.asked.sort)] if value]

    @property
    def orders(self) -> list[dict[str, Any]]:
        """The orders to choose from; empty where there is only one."""
        current = self.asked.sort or self.listing.sorts[0].name
        orders = [
            {"label": each.label, "current": each.name == current, "href": self.asked.address(sort=each.name)}
            for each in self.listing.sorts
        ]
        return orders if len(orders) > 1 else []

    @property
    def address(self) -> str:
        """The same list from its first page on."""
        return self.asked.address()

    @property
    def these(self) -> str:
        """What comes before “as CSV” in the link to the file: these 1,234; empty for one row."""
        return f"these {self.counts.found:,}" if self.counts.found > 1 else ""

    @property
    def empty(self) -> Nothing:
        """What to say where no row is found."""
        if self.counts.every and self.asked.chosen and self.listing.no_match.title:
            return self.listing.no_match
        return self.listing.nothing

    @property
    def way_out(self) -> str:
        """The address that an empty list links to, with the words looked for where it takes them."""
        href = self.empty.href
        return href + quote(self.asked.value("q")) if href.endswith("=") else href


def find(listing: Listing, request: HttpRequest) -> Found:
    """The page of `listing` that a request asks for."""
    asked = listing.read(request.GET)
    every = listing.rows(request.user, asked)
    counts = _counts(listing, request, every, asked)
    ordered = listing.sorted(narrowed(every, listing.fields, asked.chosen), asked)
    page = page_of(request, listing.of_a_line(ordered), size=listing.size, count=counts.found)
    lines = list(listing.lines(list(page.object_list), request.user))
    return Found(listing, asked, counts, page, lines, request.path)


def _counts(listing: Listing, request: HttpRequest, every: QuerySet, asked: ListQuery) -> Counts:
    def count() -> Counts:
        return counts_of(every, listing.fields, asked.chosen)

    if request.user.is_authenticated or asked.chosen or not listing.is_timeless:
        return count()
    fields = tuple(each.name for each in listing.fields)
    return memory.remembered(("counts of a list", listing.name, fields, clock.today()), count)


def list_as_file(request: HttpRequest, listing: Listing) -> HttpResponseBase:
    """All rows that the address's filters leave, as a file of the format that it names."""
    return table_response(request, listing.table(request.user, listing.read(request.GET)))


def listed(
    request: HttpRequest,
    listing: Listing,
    template: str,
    *,
    beside: Callable[[Any], Any] | None = None,
    **context: Any,
) -> HttpResponseBase:
    """The page of a list, or its file with `?format=csv` or `xlsx`; `beside` gives a row's action of its record."""
    if wants_table(request):
        return list_as_file(request, listing)
    found = find(listing, request)
    if beside:
        found.lines = [replace(line, action=beside(line.record)) for line in found.lines]
    # The page stands beside it for the title, which says its number.
    return render(request, template, {"found": found, "page_obj": found.page, **context})
