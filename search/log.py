"""The log of searches, without people: how often words were searched for on a day, and how often in vain.

Words are written in the clear only once they were searched for on another day too; until then a row has a keyed digest
of them. Of a page that strangers get from the cache nothing is counted, so the counts are the least that can be said.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from django.db import OperationalError, connection
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from core import clock
from search.models import SearchedWords
from search.vocabulary import words_of

log = structlog.get_logger(__name__)

MOST_CHARACTERS = 200
MOST_ROWS = 200

_TABLE = SearchedWords._meta.db_table
_NOTE = f"""
    INSERT INTO "{_TABLE}" (day, digest, words, times, times_without_results)
    VALUES (
        %s, %s,
        CASE WHEN EXISTS (SELECT 1 FROM "{_TABLE}" WHERE digest = %s AND day < %s) THEN %s ELSE '' END,
        1, %s
    )
    ON CONFLICT (day, digest) DO UPDATE SET
        times = "{_TABLE}".times + 1,
        times_without_results = "{_TABLE}".times_without_results + excluded.times_without_results
"""  # noqa: S608 - the name of our own table


def digest_of(words: str) -> str:
    """The digest of some words under the site's key."""
    return salted_hmac("search.searched_words", words, algorithm="sha256").hexdigest()


def note_search(text: str, *, has_results: bool) -> None:
    """Count a search for `text` on this day, in one statement; a database that is busy writing is not waited for."""
    words = " ".join(words_of(text))[:MOST_CHARACTERS]
    if not words:
        return
    day, digest = connection.ops.adapt_datefield_value(clock.today()), digest_of(words)
    try:
        with _without_waiting(), connection.cursor() as database:
            database.execute(_NOTE, [day, digest, digest, day, words, 0 if has_results else 1])
    except OperationalError as problem:
        log.warning("search_not_counted", problem=type(problem).__name__)


@contextmanager
def _without_waiting() -> Iterator[None]:
    """On SQLite, where each write waits for every other: give up at once, not after 20 seconds."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    (before,) = connection.connection.execute("PRAGMA busy_timeout").fetchone()
    connection.connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {before}")


@dataclass(frozen=True)
class InVain:
    """Words that were searched for on several days and found nothing at least once."""

    words: str
    without_results: int
    times: int
    days: int


def searched_in_vain() -> list[InVain]:
    """What was searched for in vain in the days that are kept, the most often first; words in the clear alone."""
    rows = _by_words().exclude(known="").order_by("-without", "known")[:MOST_ROWS]
    return [InVain(row["known"], row["without"], row["all"], row["days"]) for row in rows]


def searched_once_in_vain() -> int:
    """For how many words that stand nowhere in the clear nothing was found."""
    return _by_words().filter(known="").count()


def _by_words() -> QuerySet:
    rows = SearchedWords.objects.order_by().values("digest")
    rows = rows.annotate(known=Max("words"), without=Sum("times_without_results"), all=Sum("times"), days=Count("day"))
    return rows.filter(Q(without__gt=0))
