"""Queries built once and run again with other values in the same places.

Where a query is asked with every request, or many small queries stand in one union, building it anew costs Python
several times what the database needs to answer it.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

P = ParamSpec("P")
Row = TypeVar("Row")
# No row has such a key, and every column of keys could hold it.
_FIRST_STAND_IN = -2_147_000_001
# What stands in for a value of each type at a place of a statement.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda place: _FIRST_STAND_IN - place,
    str: lambda place: f"stands in at {place}",
    dt.datetime: lambda place: dt.datetime(1066, 10, 14, 12, place, tzinfo=dt.UTC),
}


def stand_ins_for(names: Iterable[str]) -> dict[str, int]:
    """A key for each name, to build a statement with."""
    return {name: _STAND_INS[int](place) for place, name in enumerate(names)}


@dataclass(frozen=True)
class Objects:
    """How a row becomes an object with those of its `select_related` and its annotations."""

    model: type[Model]
    names: list[str]
    first: int
    related: list[RelatedPopulator]
    annotations: dict[str, int]

    @classmethod
    def of(cls, compiler: SQLCompiler) -> "Objects":
        """Read it from the compiler of a statement that has been built."""
        info: Any = compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1]
        names = [column.target.attname for column, *_ in compiler.select[first : last + 1]]
        related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django
        return cls(info["model"], names, first, related, compiler.annotation_col_map or {})

    def made_of(self, row: list[Any]) -> Model:
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.first : self.first + len(self.names)])
        for related in self.related:
            related.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made


@dataclass(frozen=True)
class Statement:
    """One SQL text with its parameters; `places` says which of them differ from one run to the next.

    `converters` turn what the database says in a column into its value. `locks` is the model whose rows
    it locks, if it does. Without text it is known to return no rows.
    """

    text: str = ""
    parameters: tuple[Any, ...] = ()
    places: tuple[tuple[int, str], ...] = ()
    converters: tuple[tuple[int, Any, Callable[..., Any]], ...] = ()
    objects: Objects | None = None
    locks: type[Model] | None = None

    @classmethod
    def of(cls, queryset: QuerySet, stand_ins: dict[str, Any]) -> "Statement":
        """Build the statement of `queryset`, which was made with `stand_ins` where values are to differ.

        No two stand-ins may be equal, nor equal to any other parameter.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            text, parameters = compiler.as_sql()
        except EmptyResultSet:
            return cls()
        names = {value: name for name, value in stand_ins.items()}
        places = ((place, names.get(value)) for place, value in enumerate(parameters))
        converters = (
            (place, column, convert)
            for place, (column, *_) in enumerate(compiler.select)
            for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
        )
        is_of_objects = issubclass(queryset._iterable_class, ModelIterable)  # type: ignore[attr-defined]  # not in the stubs
        return cls(
            text,
            tuple(parameters),
            tuple((place, name) for place, name in places if name),
            tuple(converters),
            Objects.of(compiler) if is_of_objects else None,
            queryset.model if queryset.query.select_for_update else None,
        )

    def parameters_for(self, values: dict[str, Any]) -> list[Any]:
        """Its parameters, with these values in their places."""
        parameters = list(self.parameters)
        for place, name in self.places:
            parameters[place] = values[name]
        return parameters

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """What the queryset itself would return for `values`: objects, or tuples."""
        if not self.text:
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction only.")
        with cursor_that_prepares(connection) as cursor:
            cursor.execute(self.text, self.parameters_for(values))
            answered = cursor.fetchall()
        rows = []
        for row in map(list, answered):
            for place, column, convert in self.converters:
                row[place] = convert(row[place], column, connection)
            rows.append(self.objects.made_of(row) if self.objects else tuple(row))
        return rows


def cursor_that_prepares(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor for a text that is asked again and again with other values.

    On PostgreSQL it sends the values beside the text, so that the plan is kept: several of these texts take longer to
    plan than to answer. Django's own writes them into the text, which is still done where statements are logged, so
    that the log has the values. SQLite keeps plans by itself.
    """
    cursor = connection.cursor()
    if connection.vendor == "postgresql" and not connection.queries_logged:
        from django.db.backends.postgresql.base import ServerBindingCursor

        cursor.cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]  # psycopg's, unknown to the stubs
    return cursor


built: dict[tuple[Hashable, ...], Statement] = {}  # for the whole life of the process


def built_once(asks: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Decorate a function that makes a queryset: it returns the list of its rows, from a statement built once.

    Arguments by position are values in the statement: whole numbers, text or moments, never None. For another number
    or other types of them, and for other arguments by name, another statement is built. The function may read nothing
    else that changes, such as the clock.
    """

    @wraps(asks)
    def ask(*values: Any, **which: Any) -> list[Any]:
        key = (asks, connections[DEFAULT_DB_ALIAS].vendor, *map(type, values), *sorted(which.items()))
        if key not in built:
            built[key] = _build(asks, values, which)
        return built[key].rows(_as_parameters(values))

    return ask


def _build(asks: Callable[..., QuerySet], values: tuple[Any, ...], which: dict[str, Any]) -> Statement:
    stand_ins = [_STAND_INS[type(value)](place) for place, value in enumerate(values)]
    statement = Statement.of(asks(*stand_ins, **which), _as_parameters(stand_ins))
    placed = {name for _, name in statement.places}
    assert len(placed) == len(values), f"{asks.__qualname__} has no place for each of its values."
    return statement


def _as_parameters(values: Iterable[Any]) -> dict[str, Any]:
    """The values by their places, as the database takes them."""
    moment = connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value
    return {
        str(place): moment(value) if isinstance(value, dt.datetime) else value for place, value in enumerate(values)
    }
