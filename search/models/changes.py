from typing import NamedTuple, Self
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from core.privacy import Privacy


class ChangeQuerySet(models.QuerySet["Change"]):
    def after(self, cursor: "Cursor") -> Self:
        """The changes that `cursor` has not followed yet."""
        return self.beyond(cursor.transaction, cursor.position)

    def beyond(self, transaction: int, position: int) -> Self:
        return self.filter(Q(transaction=transaction, pk__gt=position) | Q(transaction__gt=transaction))

    def settled(self) -> Self:
        """The changes that no open transaction can still precede, in the order they are followed.

        On PostgreSQL a lower id may commit later than a higher one. Ordered by transaction and stopped before the
        oldest one still open, nothing can appear behind a reader.
        """
        rows = self.order_by("transaction", "pk")
        if connection.vendor != "postgresql":
            return rows
        with connection.cursor() as database:
            database.execute(_SETTLED)
            before, own = database.fetchone()
        return rows.filter(Q(transaction__lt=before) | Q(transaction=own or 0))


# The number below which every transaction of this database has ended, and our own, if it has one. Transactions
# elsewhere on the server do not matter; where another role's may not be looked at, the server's oldest decides.
_SETTLED = """
    WITH moment AS (
        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
               pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next
    )
    SELECT CASE WHEN bool_or(query = '<insufficient privilege>') THEN min(oldest)
                ELSE least(min(next), min(next - (next - backend_xid::text::bigint) % 4294967296)) END,
           pg_current_xact_id_if_assigned()::text::bigint
      FROM moment LEFT JOIN pg_stat_activity ON datname = current_database() AND pid <> pg_backend_pid()
"""


_INSERT = 'INSERT INTO "search_change" ("kind", "key", "at", "transaction") VALUES'
# The number of the transaction that writes the row; 0 where writes are serial.
_THIS_TRANSACTION = {"postgresql": "pg_current_xact_id()::text::bigint"}
_MOST_ROWS = 5_000  # written by one statement, where it may hold so many values


# A row for the cursor itself, with the stamp of the editors' words, then the newest changes that it has not followed:
# one statement, since every search asks for both.
# Those of later transactions apart from those of its own: of the two together, compared as a pair, SQLite reads the
# whole log, since all of its changes are of transaction 0.
_UNSEEN = """
    WITH "cursor" AS (SELECT "transaction", "position" FROM "search_cursor" WHERE "engine" = %s)
    SELECT '' AS "kind", COALESCE((SELECT CAST("stamp" AS varchar(36)) FROM "search_wordlist" LIMIT 1), '') AS "key"
    FROM "cursor"
    UNION ALL
    SELECT * FROM (
        SELECT "kind", "key" FROM "search_change" WHERE "transaction" > (SELECT "transaction" FROM "cursor")
        ORDER BY "transaction" DESC, "id" DESC LIMIT {most}
    ) AS "later"
    UNION ALL
    SELECT * FROM (
        SELECT "kind", "key" FROM "search_change"
        WHERE "transaction" = (SELECT "transaction" FROM "cursor") AND "id" > (SELECT "position" FROM "cursor")
        ORDER BY "id" DESC LIMIT {most}
    ) AS "own"
"""


class Unseen(NamedTuple):
    """Kind and key of the changes that an engine has not followed, and the stamp of the editors' words (`WordList`)."""

    changes: list[tuple[str, str]]
    stamp: UUID | None


class Change(models.Model):
    """A record changed: written in the same transaction as the change, read by each search engine."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    # PostgreSQL's transaction number: a later number may commit first, so readers stop before any still open.
    transaction = models.PositiveBigIntegerField(default=0)

    objects = ChangeQuerySet.as_manager()

    privacy = Privacy(impersonal=("kind", "key"))

    class Meta:
        indexes = [models.Index(fields=["transaction", "id"], name="changes_in_order")]

    def __str__(self) -> str:
        return self.record

    @property
    def record(self) -> str:
        """The row that changed: `need:12`, a document's key, or `councils.service:12` for a row without a document."""
        return f"{self.kind}:{self.key}"

    @staticmethod
    def unseen(engine: str, most: int) -> Unseen | None:
        """The newest changes that an engine has not followed, `most` of them; None without cursor."""
        with connection.cursor() as database:
            database.execute(_UNSEEN.format(most=int(most)), [engine])
            rows = database.fetchall()
        if not rows:
            return None
        stamp = next(key for kind, key in rows if not kind)
        return Unseen([(kind, key) for kind, key in rows if kind][:most], UUID(stamp) if stamp else None)

    @staticmethod
    def announce(kind: str, keys: list[str]) -> None:
        """Log that these rows changed, in the transaction that changed them, in few statements.

        Written out: every record that is saved comes by here, and the ORM takes six times as long to say the same.
        """
        at = connection.ops.adapt_datetimefield_value(timezone.now())
        row = f"(%s, %s, %s, {_THIS_TRANSACTION.get(connection.vendor, '0')})"
        most = min(_MOST_ROWS, (connection.features.max_query_params or 3 * _MOST_ROWS) // 3)
        with connection.cursor() as database:
            for some in (keys[start : start + most] for start in range(0, len(keys), most)):
                values = [value for key in some for value in (kind, key, at)]
                database.execute(f"{_INSERT} {', '.join([row] * len(some))}", values)


class Cursor(models.Model):
    """How far one engine has followed the change log."""

    engine = models.CharField(max_length=40, unique=True)
    transaction = models.PositiveBigIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)

    privacy = Privacy(impersonal=("engine",))

    def __str__(self) -> str:
        return f"{self.engine} at {self.transaction}.{self.position}"
