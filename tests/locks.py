"""What an operation locks, seen on every database: SQLite leaves the lock out of its SQL, so Django is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection
from django.db.models import Model
from django.db.models.sql.compiler import SQLCompiler

from core.statements import Statement

_WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def locks_before_writing() -> Iterator[list[type[Model]]]:
    """A list of the models whose rows are locked here before the first write, each once, in the order they were."""
    locked: list[type[Model]] = []
    has_written = False
    ask, ask_built = SQLCompiler.execute_sql, Statement.rows

    def note(model: type[Model]) -> None:
        if not has_written and model not in locked:
            locked.append(model)

    def asking(compiler: SQLCompiler, *args, **kwargs):
        if getattr(compiler.query, "select_for_update", False):
            note(compiler.query.model)
        return ask(compiler, *args, **kwargs)

    def asking_built(statement: Statement, values):
        if statement.locks:
            note(statement.locks)
        return ask_built(statement, values)

    def running(execute, sql, *rest):
        nonlocal has_written
        has_written = has_written or sql.startswith(_WRITES)
        return execute(sql, *rest)

    patches = patch.object(SQLCompiler, "execute_sql", asking), patch.object(Statement, "rows", asking_built)
    with patches[0], patches[1], connection.execute_wrapper(running):
        yield locked
    assert has_written, "Nothing was written, so nothing is known of what is locked before."
