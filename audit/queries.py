"""Reads of the audit trail: for its filters, and who did what was done already."""

import re
from collections.abc import Mapping
from typing import cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from audit.acts import ACTS
from audit.kinds import kind_of
from audit.models import AuditEvent
from core.words import at_moment

# From each action straight to the next in the index: as many steps as there are actions, however long the trail is.
_ACTIONS = """
WITH RECURSIVE found(action) AS (
    SELECT MIN(action) FROM {table}
    UNION ALL
    SELECT (SELECT MIN(line.action) FROM {table} line WHERE line.action > found.action)
    FROM found WHERE found.action IS NOT NULL
)
SELECT action FROM found WHERE action IS NOT NULL
"""


def actions() -> list[str]:
    """Every action of which the trail has a line."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(_ACTIONS.format(table=connection.ops.quote_name(AuditEvent._meta.db_table)))
        return [cast(str, action) for (action,) in cursor.fetchall()]


def actions_named(words: str) -> list[str]:
    """The actions that a filter's text means: words of the action as the page shows them, or a beginning, `events.`."""
    words = words.lower()
    if "." in words:
        return [action for action in actions() if action.startswith(words)]
    part = re.sub(r"[\s-]+", "_", words)
    return [action for action in actions() if part in action or words in ACTS.get(action, "").lower()]


def who_did(record: Model, said: Mapping[str, str]) -> str:
    """Who did one of these acts to a record last, and when, to follow a sentence: ` Ended by Anna Ahmed at 10:02.`

    `said` is a verb for each act; empty where the trail has no line, or none of a person.
    """
    about = AuditEvent.objects.filter(about_kind=kind_of(record), about_key=str(record.pk), action__in=said)
    line = about.select_related("by").order_by("-at", "-pk").first()
    return f" {said[line.action]} by {line.by} {at_moment(line.at)}." if line and line.by else ""
