"""How the database would answer a statement."""

from django.db import connection


def plan_of(statement: str) -> str:
    """The plan of a statement, as if its tables were too long to be read as a whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        else:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
