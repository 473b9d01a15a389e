"""Database triggers that refuse to change or remove rows, for SQLite and PostgreSQL.

The site's own code never drops them; a migration that is reversed does, and a test database while it empties itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Unchanging:
    """The triggers of one table: each refuses with a sentence, by its name, on what its SQL says.

    On PostgreSQL they call a function of their own, called `function`.
    """

    table: str
    function: str
    sentence: str
    sqlite: Mapping[str, str]
    postgresql: Mapping[str, str]

    def statements(self, vendor: str) -> tuple[list[str], list[str]]:
        """The SQL that installs the triggers on that kind of database, and the SQL that removes them."""
        if vendor == "sqlite":
            make = [
                f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
                for name, when in self.sqlite.items()
            ]
            return make, [f"DROP TRIGGER IF EXISTS {name}" for name in self.sqlite]
        make = [
            f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            *(
                f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {self.function}()"
                for name, when in self.postgresql.items()
            ),
        ]
        return make, [f"DROP TRIGGER IF EXISTS {name} ON {self.table}" for name in self.postgresql]

    def install(self, connection: Any) -> None:
        """Install the triggers, in place of those already there."""
        make, remove = self.statements(connection.vendor)
        _run(connection, [*remove, *make])

    def remove(self, connection: Any) -> None:
        """Drop the triggers."""
        _run(connection, self.statements(connection.vendor)[1])


def that_stays(
    table: str,
    columns: Sequence[str],
    *,
    sentence: str,
    update: str,
    delete: str,
    replace: str,
    same: str,
    truncate: str = "",
) -> Unchanging:
    """The triggers by which rows of `table` keep these columns and are not removed, under the names given.

    `truncate` keeps PostgreSQL from emptying the table at once, of which no row's trigger hears; without it whoever
    owns the table can.

    `same` is SQL for the row, if any, that SQLite's INSERT OR REPLACE would put `NEW` in place of: it removes a row
    without the DELETE trigger hearing of it.
    """
    sqlite, postgresql = (
        " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
        for differs in ("IS NOT", "IS DISTINCT FROM")
    )
    return Unchanging(
        table=table,
        function=f"{table}_refuse",
        sentence=sentence,
        sqlite={
            update: f"BEFORE UPDATE ON {table} WHEN {sqlite}",
            delete: f"BEFORE DELETE ON {table}",
            replace: f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608 - ours
        },
        postgresql={
            update: f"BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({postgresql})",
            delete: f"BEFORE DELETE ON {table} FOR EACH ROW",
            **({truncate: f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"} if truncate else {}),
        },
    )


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
