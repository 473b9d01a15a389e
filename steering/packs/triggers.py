"""Database triggers that refuse to change what a published pack says, or to remove it, for SQLite and PostgreSQL.

Its PDF, which is made later, may change: it is made from what stays. As with the audit trail the site's own code never
drops them.
"""

SENTENCE = "A published pack stays as it is."
STAYS = ("meeting_id", "version", "correction", "content", "sha256", "frozen_at")

_DIFFERS = {
    "sqlite": " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in STAYS),
    "postgresql": " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in STAYS),
}
_SQLITE = {
    "packs_stay_as_published": f"BEFORE UPDATE ON steering_pack WHEN {_DIFFERS['sqlite']}",
    "packs_stay": "BEFORE DELETE ON steering_pack",
    # INSERT OR REPLACE would remove a pack without the DELETE trigger hearing of it.
    "packs_are_not_replaced": (
        "BEFORE INSERT ON steering_pack WHEN EXISTS (SELECT 1 FROM steering_pack WHERE id = NEW.id "
        "OR (meeting_id = NEW.meeting_id AND version = NEW.version))"
    ),
}
_POSTGRESQL = {
    "packs_stay_as_published": (
        f"BEFORE UPDATE ON steering_pack FOR EACH ROW WHEN ({_DIFFERS['postgresql']}) EXECUTE FUNCTION"
    ),
    "packs_stay": "BEFORE DELETE ON steering_pack FOR EACH ROW EXECUTE FUNCTION",
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
        "CREATE OR REPLACE FUNCTION steering_pack_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *(f"CREATE TRIGGER {name} {when} steering_pack_refuse()" for name, when in _POSTGRESQL.items()),
    ]
    return make, [f"DROP TRIGGER IF EXISTS {name} ON steering_pack" for name in _POSTGRESQL]


def install(connection) -> None:
    """Install the triggers, in place of those already there."""
    make, remove = statements(connection.vendor)
    with connection.cursor() as cursor:
        for statement in (*remove, *make):
            cursor.execute(statement)


def remove(connection) -> None:
    """Drop the triggers: for a reversed migration, or for a test's control."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor)[1]:
            cursor.execute(statement)
