"""Reads of the audit trail for its filters."""

import re
from typing import cast

from django.db import DEFAULT_DB_ALIAS, connections

from audit.acts import ACTS
from audit.models import AuditEvent

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
