"""The content version, which changes with every change of what pages show, so that older copies are not served.

Each transaction that writes adds one row to a log: nothing is locked, and a rolled-back transaction raises nothing. The
version is made of the newest visible rows, so a transaction that commits late, under a lower number than others that
have committed before it, changes it too.
"""

import re
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.models import ContentChange

T = TypeVar("T")
# How many of the newest changes make up the version.
WINDOW = 1000
MOST_ANSWERS = 100
answers: dict[tuple[Hashable, ...], tuple[str, Any]] = {}
# What no page for strangers is made of: who is signed in, what is queued, what was done when, and single votes.
_UNSEEN = re.compile(
    r"django_session|django_tasks|django_migrations|audit_|account_|mfa_|socialaccount_|search_change"
    r"|kpis_pageviews|search_searchedwords|portal_contentchange|portal_scheduledrun|portal_worker|outbox_|sealing_mark|sealing_staged|voting_vote"
    r"|voting_choice|voting_votingcard|voting_receipt|voting_rollentry|wagtailadmin_"
    r'|wagtailsearch_|voting_ballot" SET "version" = "version" \+ 1 WHERE'
    r'|accounts_user" SET "last_login"'
)
_WRITES = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?', re.IGNORECASE)
_TABLE = ContentChange._meta.db_table
_ADD = f'INSERT INTO "{_TABLE}" DEFAULT VALUES'
_READ = f'SELECT MAX(id), SUM(id) FROM (SELECT id FROM "{_TABLE}" ORDER BY id DESC LIMIT %s) newest'  # noqa: S608 - as above


def content_version() -> str:
    """The version as committed now, read in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [WINDOW])
        newest, together = cursor.fetchone()
    return f"{newest}.{together}"


def remembered(key: tuple[Hashable, ...], compute: Callable[[], T]) -> T:
    """Return `compute()`, cached in this process for one content version.

    `key` names the result and all else that it depends on, such as the day.
    """
    if not settings.PAGES_KEPT_SECONDS:
        return compute()
    version = content_version()
    if key not in answers or answers[key][0] != version:
        if len(answers) >= MOST_ANSWERS:
            answers.clear()
        answers[key] = (version, compute())
    return answers[key][1]


def changes_content(sql: str) -> bool:
    """Whether a statement writes something that a page for strangers may show."""
    writes = _WRITES.match(sql)
    return writes is not None and not _UNSEEN.match(sql, writes.end())


def raise_version(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement (a database wrapper); if it changes content, its transaction raises the version, once."""
    result = execute(sql, params, many, context)
    if changes_content(sql):
        database = context["connection"]
        # A function that runs at the commit is forgotten with the savepoint it was asked for in, and so is the row.
        if all(function is not _was_raised for _, function, _ in database.run_on_commit):
            with database.cursor() as cursor:
                cursor.execute(_ADD)
            if database.in_atomic_block:
                database.on_commit(_was_raised)
    return result


def _was_raised() -> None:
    """A commit hook without effect, whose presence says that this transaction has raised the version."""


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Wrap the statements of a connection that has just been opened."""
    if raise_version not in connection.execute_wrappers:
        connection.execute_wrappers.append(raise_version)


def look_away(**kwargs: Any) -> None:
    """Stop watching while migrations run: the log's table may not exist yet."""
    for database in connections.all(initialized_only=True):
        if raise_version in database.execute_wrappers:
            database.execute_wrappers.remove(raise_version)


def look_again(**kwargs: Any) -> None:
    for database in connections.all(initialized_only=True):
        watch(database)


def forget_old_changes() -> None:
    """Delete rows of the log that are no longer part of any version."""
    newest = ContentChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    ContentChange.objects.filter(pk__lt=newest - 10 * WINDOW).delete()
