"""A PostgreSQL database made again as the migrations left it, without a new copy of it.

The template keeps each table's rows a second time, in a schema that nothing else reads, and every copy has it with
them. So the rows that a test committed, changed or deleted are found and put right where they stand.
"""

from typing import Any

from django.db import connection

KEPT = "as_migrated"
# How far each sequence has counted, and a sum over all that makes up the tables.
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
SCHEMA = """
    SELECT md5(string_agg(part, '' ORDER BY part)) AS sum FROM (
        SELECT a::text AS part FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT i::text FROM pg_index i JOIN pg_class c ON c.oid = indrelid
            WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT c::text FROM pg_constraint c WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT p::text FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT t::text FROM pg_trigger t
    ) AS parts
"""
DIFFERS = """
    SELECT '{table}' WHERE (SELECT count(*) FROM public."{table}") <> (SELECT count(*) FROM {kept}."{table}")
        OR EXISTS (SELECT t::text FROM public."{table}" t EXCEPT SELECT t::text FROM {kept}."{table}" t)
"""
PUT_BACK = """
    DELETE FROM public."{table}" t WHERE NOT EXISTS (SELECT FROM {kept}."{table}" k WHERE k::text = t::text);
    INSERT INTO public."{table}"
        SELECT * FROM {kept}."{table}" k WHERE NOT EXISTS (SELECT FROM public."{table}" t WHERE t::text = k::text)
"""
SCHEMA_CHANGED = f"{SCHEMA} EXCEPT SELECT sum FROM {KEPT}.pg_schema"  # noqa: S608 - of our own words
COUNT_AGAIN = f"""
    SELECT setval(quote_ident(sequencename)::regclass, coalesce(kept.last_value, 1), kept.last_value IS NOT NULL)
        FROM {KEPT}.pg_sequences kept JOIN ({SEQUENCES}) now USING (sequencename)
        WHERE kept.last_value IS DISTINCT FROM now.last_value
"""  # noqa: S608 - of our own words


def keep_rows() -> None:
    """Keep the rows of all tables as they are now, for `put_back_rows`."""
    with connection.cursor() as cursor:
        tables = _tables(cursor)
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in tables:
            cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')
        cursor.execute(f"CREATE TABLE {KEPT}.pg_sequences AS {SEQUENCES}")
        cursor.execute(f"CREATE TABLE {KEPT}.pg_schema AS {SCHEMA}")


def put_back_rows() -> bool:
    """Whether all rows and sequences are as they were kept; not where the tables themselves have changed."""
    connection.ensure_connection()
    plain = connection.connection  # past Django's, whose statements are watched for changes of what pages show
    with plain.transaction(), plain.cursor() as cursor:
        cursor.execute(SCHEMA_CHANGED)
        if cursor.fetchone():
            return False
        differs = " UNION ALL ".join(DIFFERS.format(table=table, kept=KEPT) for table in _tables(cursor))
        cursor.execute(differs)
        changed = [table for (table,) in cursor.fetchall()]
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal")
        guarded = {table for (table,) in cursor.fetchall()}.intersection(changed)
        for table in guarded:
            cursor.execute(f'ALTER TABLE public."{table}" DISABLE TRIGGER USER')
        for table in changed:
            cursor.execute(PUT_BACK.format(table=table, kept=KEPT))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in guarded:
            cursor.execute(f'ALTER TABLE public."{table}" ENABLE TRIGGER USER')
        cursor.execute(COUNT_AGAIN)
    return True


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [table for (table,) in cursor.fetchall()]
