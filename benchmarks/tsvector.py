"""Full text search of PostgreSQL, written bare, over the documents that the engines are measured with.

Asked as Wagtail's own search asks it (modelsearch 1.3): the words are looked for in title and text joined, of which the
indexes that it ships know nothing, and each filter's counts are a statement of their own. Or with the index it lacks.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

FACETS = ("kind", "service", "council_type", "region", "year")
_WHERE = "FROM asked_documents WHERE (title || body) @@ plainto_tsquery('english', %s)"
_FIRST = (
    "SELECT key, ts_rank(title || body, plainto_tsquery('english', %s)) AS rank, "
    f"ts_headline('english', words, plainto_tsquery('english', %s)) {_WHERE} ORDER BY rank DESC LIMIT 20"
)


class Tsvector:
    """A table of documents with their vectors, for this connection alone."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def search(self, typed: str) -> Sequence[Any]:
        """The first twenty with extracts, their total, and the counts of five facets."""
        with self.connection.cursor() as asked:
            hits = asked.execute(_FIRST, [typed] * 3).fetchall()
            asked.execute(f"SELECT count(*) {_WHERE}", [typed]).fetchone()
            for name in FACETS:
                asked.execute(f"SELECT {name}, count(*) {_WHERE} GROUP BY 1", [typed]).fetchall()
        return hits

    def add_the_index_it_lacks(self) -> None:
        self.connection.execute("CREATE INDEX ON asked_documents USING gin ((title || body))")
        self.connection.execute("ANALYZE asked_documents")


@contextmanager
def tsvector(database: str, documents: Iterable[Any]) -> Iterator[Tsvector]:
    """The documents in a temporary table of this database, with the indexes that modelsearch ships."""
    columns = ", ".join(f"{name} text" for name in FACETS)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE TEMP TABLE raw_documents (key text, name text, words text, {columns})")
        with connection.cursor() as cursor, cursor.copy("COPY raw_documents FROM STDIN") as copy:
            for document in documents:
                facets = (next(iter(document.facets.get(name, ())), document.kind) for name in FACETS)
                copy.write_row((document.key, document.title, f"{document.summary} {document.body}", *facets))
        connection.execute(
            "CREATE TEMP TABLE asked_documents AS SELECT *, setweight(to_tsvector('english', name), 'A') AS title, "
            "setweight(to_tsvector('english', words), 'D') AS body FROM raw_documents"
        )
        for column in ("title", "body"):
            connection.execute(f"CREATE INDEX ON asked_documents USING gin ({column})")
        connection.execute("ANALYZE asked_documents")
        yield Tsvector(connection)
