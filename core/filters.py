"""The filters of a list: fields that read an address, narrow a queryset and count their values."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, Expression, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Substr
from django.forms import BaseForm
from django.http import QueryDict

from core.numbers import whole_number
from core.origin import wholly_made_up
from core.text import clean_line
from core.words import day_in_words

MOST_VALUES = 20  # of one field
MOST_CHARACTERS = 100
MOST_STRANGE = 5  # values that the page says it did not understand
Values = Mapping[str, str]  # what was chosen of a field: each value with its words


def with_words(words: str, *columns: str) -> Q:
    """A condition: each of the first eight words of `words` stands somewhere in the columns."""
    found = Q()
    for word in words.split()[:8]:
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        found &= anywhere
    return found


@dataclass(frozen=True, kw_only=True)
class Field:
    """A filter of a list: its name in the address, and its label on the page."""

    name: str
    label: str
    hint: str = ""
    is_hidden: bool = False  # kept by the form and not shown: it comes from a link
    box = "text"  # what kind of box it is typed into

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        """Those of `values` that mean something here, each with its words."""
        raise NotImplementedError

    def unused(self, value: str) -> str:
        """A value that means nothing here, in words: region “wales”."""
        return not_understood(self.label, value)

    def typed(self, values: Values) -> str:
        """The text in the field's box."""
        return next(iter(values), "")

    def narrow(self, rows: QuerySet, values: Values) -> QuerySet:
        """`rows` with one of `values`."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Words(Field):
    """A box for words: rows that have them in some columns, or that `find` returns for them."""

    name: str = "q"
    label: str = "Words"
    columns: tuple[str, ...] = ()
    find: Callable[[QuerySet, str], QuerySet] | None = None

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        return {value: f"“{value}”" for value in values[:1] if len(value) <= MOST_CHARACTERS}

    def unused(self, value: str) -> str:
        is_long = len(value) > MOST_CHARACTERS
        return not_understood(f"Text longer than {MOST_CHARACTERS} characters" if is_long else self.label, value)

    def narrow(self, rows: QuerySet, values: Values) -> QuerySet:
        (words,) = values
        return self.find(rows, words) if self.find else rows.filter(with_words(words, *self.columns))


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A box for a day as 2014-12-31. It narrows through `by`; without it, the list's own `rows` reads the day."""

    by: Callable[[QuerySet, dt.date], QuerySet] | None = None
    box = "date"

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        return {value: f"{self.label.lower()} {day_in_words(day)}" for value in values[:1] if (day := day_of(value))}

    def narrow(self, rows: QuerySet, values: Values) -> QuerySet:
        day = day_of(next(iter(values)))
        return self.by(rows, day) if self.by and day else rows


@dataclass(frozen=True, kw_only=True)
class Only(Field):
    """A filter that is on where the address says 1, set by a link on the page; its values are not counted."""

    by: Callable[[QuerySet], QuerySet]
    is_hidden: bool = True

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        return {value: self.label for value in values[:1] if value == "1"}

    def narrow(self, rows: QuerySet, values: Values) -> QuerySet:
        return self.by(rows)


@dataclass(frozen=True, kw_only=True)
class Pick(Field):
    """A box for one of many, by name or by address; `named` knows its key and its words.

    `source` is the address that suggests names while one types.
    """

    named: Callable[[str], tuple[str, str] | None]
    by: Callable[[QuerySet, str], QuerySet]
    source: str = ""

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        return {value: found[1] for value in values[:1] if (found := self.named(value))}

    def typed(self, values: Values) -> str:
        return next(iter(values.values()), "")

    def narrow(self, rows: QuerySet, values: Values) -> QuerySet:
        found = self.named(next(iter(values)))
        return self.by(rows, found[0]) if found else rows


def day_of(text: str) -> dt.date | None:
    """The day written as 2014-12-31, or None."""
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


@dataclass(frozen=True, kw_only=True)
class Facet(Field):
    """A filter by values to tick, each with how many rows have it.

    `path` leads to the column; `value` is an expression where there is none. `is_many`: a row may have several.
    """

    path: str = ""
    value: Expression | Callable[[], Expression] | None = None
    choices: Iterable[tuple[str, Any]] = ()
    is_many: bool = False
    keeps_order: bool = False  # of its choices; else those with most rows come first

    @property
    def words(self) -> dict[str, str]:
        """The label of each value, where they are known beforehand."""
        return {str(value): str(label) for value, label in self.choices}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to read: the value's, and perhaps one for its label."""
        return (f"facet_{self.name}" if self.value else self.path,)

    @property
    def expressions(self) -> dict[str, Expression]:
        """The annotation for a value that has no column of its own."""
        if self.value is None:
            return {}
        return {self.columns[0]: self.value() if callable(self.value) else self.value}

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        words = self.words
        return {value: words[value] for value in values if value in words}

    def narrow(self, rows: QuerySet, values: Values) -> QuerySet:
        condition = {f"{self.columns[0]}__in": list(values)}
        if self.is_many:
            return rows.filter(Exists(rows.model._default_manager.filter(pk=OuterRef("pk"), **condition)))
        return rows.alias(**self.expressions).filter(**condition)


@dataclass(frozen=True, kw_only=True)
class RowFacet(Facet):
    """A facet whose values are rows, such as services; their labels are read with the counts.

    Without a `path` the values are those of a column of the list's own rows, such as licences.
    """

    rows: Callable[[], QuerySet]
    key: str = "slug"
    title: str = "name"

    @property
    def columns(self) -> tuple[str, ...]:
        path = f"{self.path}__" if self.path else ""
        return tuple(dict.fromkeys((f"{path}{self.key}", f"{path}{self.title}")))

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        if self.key == "pk":
            values = [value for value in values if whole_number(value) is not None]
        if not values:
            return {}
        named = self.rows().filter(**{f"{self.key}__in": values}).values_list(self.key, self.title)
        words = {str(key): str(title) for key, title in named}
        return {value: words[value] for value in values if value in words}


@dataclass(frozen=True, kw_only=True)
class YearFacet(Facet):
    """A facet of years, the latest first; `said` is the format of a chosen year's words."""

    keeps_order: bool = True
    said: str = "{}"

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        return {value: self.said.format(value) for value in values if re.fullmatch(r"(19|20)\d\d", value, re.ASCII)}


def year_of(column: str) -> Expression:
    """The year of a day or a moment, as text: new year is at the same moment in London and in the database's time."""
    return Substr(Cast(column, CharField()), 1, 4)


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, and how many rows have it."""

    value: str
    label: str
    count: int
    is_chosen: bool


def read_fields(fields: Iterable[Field], query: QueryDict) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The values that `query` chooses of each field, and those not understood, in words: region “wales”."""
    chosen: dict[str, dict[str, str]] = {}
    strange: list[str] = []
    for field in fields:
        sent = query.getlist(field.name)[:MOST_VALUES]
        given = [clean_line(value)[: 2 * MOST_CHARACTERS] for value in sent]
        values = list(dict.fromkeys(value for value in given if value))
        known = field.understood(values) if values else {}
        if known:
            chosen[field.name] = known
        strange += [field.unused(value) for value in values if value not in known]
        if any(value.strip() and not seen for value, seen in zip(sent, given, strict=True)):
            strange.append(f"{field.label.lower()} of characters that nobody can see")
    return chosen, strange


def not_understood(label: str, value: str) -> str:
    """A value that means nothing, in words: region “wales”."""
    return f"{label[:1].lower()}{label[1:]} “{clean_line(value)[:40]}”"


def not_used_in_words(values: Sequence[str]) -> str:
    """A sentence about the values of an address that mean nothing; empty where all were understood."""
    if not values:
        return ""
    what, used = ("this", "it is") if len(values) == 1 else ("these", "they are")
    return f"We did not understand {what}, so {used} not used: {', '.join(values)}."


def not_understood_of(form: BaseForm) -> list[str]:
    """The values of a form that are not valid, in the same words."""
    return [not_understood(str(form.fields[name].label), form[name].data or "") for name in form.errors]


def narrowed(rows: QuerySet, fields: Iterable[Field], chosen: Mapping[str, Values]) -> QuerySet:
    """`rows` narrowed by every chosen value of `fields`."""
    for field in fields:
        if field.name in chosen:
            rows = field.narrow(rows, chosen[field.name])
    return rows


@dataclass
class Counts:
    """The numbers of all rows, of those found, and of those with each value of each facet."""

    every: int
    found: int
    all_illustrative: bool  # and nothing of them has a source
    options: dict[str, list[FacetValue]]


def counts_of(rows: QuerySet, fields: Sequence[Field], chosen: Mapping[str, Values]) -> Counts:
    """`rows` counted by every facet, each as if nothing of its own were chosen.

    One query groups the rows by all the facets of which a row has one value; each of the others takes one more.
    """
    facets = [field for field in fields if isinstance(field, Facet)]
    single = [facet for facet in facets if not facet.is_many]
    outside = [field for field in fields if field not in single]
    tallies: dict[str, dict[str, tuple[str, int]]] = {facet.name: {} for facet in facets}
    found = within = made_up = 0
    for values, is_made_up, number in _groups(narrowed(rows, outside, chosen), single):
        within += number
        fails = [name for name, (value, _) in values.items() if name in chosen and value not in chosen[name]]
        if not fails:
            found += number
            made_up += number if is_made_up else 0
        if len(fails) < 2:
            for name in fails or values:
                _add(tallies[name], *values[name], number)
    for facet in facets:
        if facet.is_many:
            for value, label, number in _of_many(rows, facet, fields, chosen):
                _add(tallies[facet.name], value, label, number)
    every = rows.order_by().count() if any(field.name in chosen for field in outside) else within
    options = {facet.name: _options(facet, tallies[facet.name], chosen.get(facet.name, {})) for facet in facets}
    return Counts(every, found, bool(found) and made_up == found, options)


def _add(tally: dict[str, tuple[str, int]], value: str, label: str, number: int) -> None:
    if value:
        tally[value] = (label, tally.get(value, ("", 0))[1] + number)


def _groups(rows: QuerySet, facets: Sequence[Facet]) -> Iterator[tuple[dict[str, tuple[str, str]], bool, int]]:
    """Each combination of facet values, with whether its rows are wholly made up, and their number."""
    has_mark = any(field.name == "is_illustrative" for field in rows.model._meta.fields)
    columns = [column for facet in facets for column in facet.columns]
    values_of: dict[str, Any] = {name: expression for facet in facets for name, expression in facet.expressions.items()}
    names = [*columns, *(["is_made_up"] if has_mark else [])]
    if has_mark:
        values_of["is_made_up"] = Case(When(wholly_made_up(), then=Value(True)), default=Value(False))
    if not names:
        yield {}, False, rows.order_by().count()
        return
    for group in rows.order_by().annotate(**values_of).values_list(*names).annotate(facet_rows=Count("pk")):
        values, at = {}, 0
        for facet in facets:
            size = len(facet.columns)
            values[facet.name] = _words_of(group[at : at + size])
            at += size
        yield values, bool(has_mark and group[at]), group[-1]


def _words_of(cells: Sequence[Any]) -> tuple[str, str]:
    value = "" if cells[0] is None else str(cells[0])
    return value, str(cells[-1]) if len(cells) > 1 else ""


def _of_many(
    rows: QuerySet, facet: Facet, fields: Sequence[Field], chosen: Mapping[str, Values]
) -> Iterator[tuple[str, str, int]]:
    others = narrowed(rows, [field for field in fields if field is not facet], chosen)
    # Rows without a value need not be looked at, so that a table joined for it is read alone.
    having = others.filter(**{f"{facet.columns[0]}__isnull": False})
    groups = having.order_by().values_list(*facet.columns).annotate(facet_rows=Count("pk", distinct=True))
    for *cells, number in groups:
        yield *_words_of(cells), number


def _options(facet: Facet, tally: Mapping[str, tuple[str, int]], chosen: Values) -> list[FacetValue]:
    """A facet's options: chosen ones first, then by how many rows each has, or in the facet's own order."""
    words = facet.words
    options = [FacetValue(value, label, tally.get(value, ("", 0))[1], True) for value, label in chosen.items()]
    others = [
        FacetValue(value, words.get(value) or label or value, number, False)
        for value, (label, number) in tally.items()
        if value not in chosen
    ]
    if isinstance(facet, YearFacet):
        others.sort(key=lambda option: option.value, reverse=True)
    elif facet.keeps_order:
        order = list(words)
        others.sort(key=lambda option: order.index(option.value) if option.value in words else len(order))
    else:
        others.sort(key=lambda option: (-option.count, option.label))
    return options + others
