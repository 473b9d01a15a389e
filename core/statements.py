"""Queries built once and run again with other values in the same places.

Where many small queries stand in one union, building it anew costs Python ten times what the database needs to
answer it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet

# No row has such a key, and every column of keys could hold it.
_FIRST_STAND_IN = -2_147_000_001


def stand_ins_for(names: Iterable[str]) -> dict[str, int]:
    """A key for each name, to build a statement with."""
    return {name: _FIRST_STAND_IN - place for place, name in enumerate(names)}


@dataclass(frozen=True)
class Statement:
    """One SQL text with its parameters; `places` says which of them differ from one run to the next.

    `columns` are the expressions that it selects. Without text it is known to return no rows.
    """

    text: str = ""
    parameters: tuple[Any, ...] = ()
    places: tuple[tuple[int, str], ...] = ()
    columns: tuple[Expression, ...] = ()

    @classmethod
    def of(cls, queryset: QuerySet, stand_ins: dict[str, Any]) -> "Statement":
        """Build the statement of `queryset`, which was made with `stand_ins` where values are to differ.

        No two stand-ins may be equal, nor equal to any other parameter.
        """
        compiler = queryset.query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        try:
            text, parameters = compiler.as_sql()
        except EmptyResultSet:
            return cls()
        names = {value: name for name, value in stand_ins.items()}
        places = ((place, names.get(value)) for place, value in enumerate(parameters))
        columns = tuple(column for column, *_ in compiler.select)
        return cls(text, tuple(parameters), tuple((place, name) for place, name in places if name), columns)

    def rows(self, values: dict[str, Any]) -> list[tuple]:
        """The rows for `values`, as the queryset itself would return them."""
        if not self.text:
            return []
        parameters = list(self.parameters)
        for place, name in self.places:
            parameters[place] = values[name]
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self.text, parameters)
            answered = cursor.fetchall()
        converted = [
            (place, column, convert)
            for place, column in enumerate(self.columns)
            for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
        ]
        rows = []
        for row in map(list, answered):
            for place, column, convert in converted:
                row[place] = convert(row[place], column, connection)
            rows.append(tuple(row))
        return rows
