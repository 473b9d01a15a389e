"""The chain's statement, built once for each kind of record and kept with the places of what differs.

Building it anew costs Python ten times what the database needs to answer it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, DateTimeField, Field, Model, Value

from core import clock
from story.keys import KEYS, chain_keys
from story.rows import Row, union_of

# What stands in for a key while a statement is built. No row has such a key, and every column of keys could hold it.
_STAND_INS = {name: -2_147_000_001 - place for place, name in enumerate(KEYS)}
# Likewise for the present: a moment whose day is the same in London and in UTC, and which nothing else names.
_STAND_IN_MOMENT = dt.datetime(1066, 10, 14, 12, tzinfo=dt.UTC)
_DATED: dict[str, Field] = {"day": DateField(), "moment": DateTimeField()}


@dataclass(frozen=True)
class Statement:
    """One SQL text with its parameters; `places` says which of them is a key of the record or the present.

    Without text there is nothing that the database could answer.
    """

    text: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]

    def parameters_for(self, values: dict[str, Any]) -> list[Any]:
        """The parameters with `values` in their places."""
        parameters = list(self.parameters)
        for place, name in self.places:
            parameters[place] = values[name]
        return parameters


def rows_of(record: Model) -> dict[int, Row]:
    """Every step of the record's chain that everybody may see, in one query."""
    keys = {name: getattr(record, name, None) for name in KEYS}
    filled = frozenset(name for name, key in keys.items() if key)
    statement = statement_for(type(record), filled)
    if not statement.text:
        return {}
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.parameters_for(keys | _present(connection)))
        answered = [Row(*row) for row in cursor.fetchall()]
    read = _readers(connection)
    return {row.step: row._replace(day=read["day"](row.day), moment=read["moment"](row.moment)) for row in answered}


@lru_cache(maxsize=256)
def statement_for(model: type[Model], filled: frozenset[str]) -> Statement:
    """The statement for records of `model` of whose keys only those in `filled` are there."""
    connection = connections[DEFAULT_DB_ALIAS]
    record = model()
    for name in filled:
        setattr(record, name, _STAND_INS[name])
    with clock.at(_STAND_IN_MOMENT):
        union = union_of(chain_keys(record, AnonymousUser()))
        try:
            text, parameters = union.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:  # the keys there are lead nowhere
            return Statement("", (), ())
        stand_ins = {value: name for name, value in (_STAND_INS | _present(connection)).items()}
    places = ((place, stand_ins.get(value)) for place, value in enumerate(parameters))
    return Statement(text, tuple(parameters), tuple((place, name) for place, name in places if name))


def _present(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    """Today and the present moment as the database is told them."""
    return {
        "today": connection.ops.adapt_datefield_value(clock.today()),
        "now": connection.ops.adapt_datetimefield_value(clock.now()),
    }


def _readers(connection: BaseDatabaseWrapper) -> dict[str, Callable[[Any], Any]]:
    """What makes a date or a moment of the database's answer, by column."""

    def reader(field: Field) -> Callable[[Any], Any]:
        expression = Value(None, output_field=field)
        converters = (*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection))

        def read(value: Any) -> Any:
            for convert in converters:
                value = convert(value, expression, connection)
            return value

        return read

    return {name: reader(field) for name, field in _DATED.items()}
