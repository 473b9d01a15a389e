"""Database triggers that refuse to change or delete a line of the audit trail, for SQLite and PostgreSQL.

The site's own code never drops them; a test database does while it empties itself.
"""

SENTENCE = "The audit trail is append-only."

_SQLITE = {
    "audit_lines_stay_as_they_are": "BEFORE UPDATE ON audit_auditevent",
    "audit_lines_stay": "BEFORE DELETE ON audit_auditevent",
    # INSERT OR REPLACE would remove a line without the DELETE trigger hearing of it.
    "audit_lines_are_not_replaced": (
        "BEFORE INSERT ON audit_auditevent WHEN EXISTS (SELECT 1 FROM audit_auditevent WHERE id = NEW.id)"
    ),
}
_POSTGRESQL = {
    "audit_lines_stay": "BEFORE UPDATE OR DELETE ON audit_auditevent FOR EACH ROW",
    "audit_trail_stays": "BEFORE TRUNCATE ON audit_auditevent FOR EACH STATEMENT",
}


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """The SQL that installs the triggers on that kind of database, and the SQL that removes them."""
    if vendor == "sqlite":
        make = [
            f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for name, when in _SQLITE.items()
        ]
        return make, [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE]
    make = [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION audit_refuse()" for name, when in _POSTGRESQL.items()),
    ]
    return make, [f"DROP TRIGGER IF EXISTS {name} ON audit_auditevent" for name in _POSTGRESQL]


def install(connection) -> None:
    """Install the triggers, in place of those already there."""
    make, remove = statements(connection.vendor)
    with connection.cursor() as cursor:
        for statement in (*remove, *make):
            cursor.execute(statement)


def remove(connection) -> None:
    """Drop the triggers: for a reversed migration, or a test database that is emptied."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor)[1]:
            cursor.execute(statement)
