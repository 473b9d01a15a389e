"""The only way to write the audit trail."""

from typing import Any

import structlog
from django.conf import settings
from django.db import models

from audit.kinds import kind_of
from audit.models import AuditEvent
from audit.owners import OWN, own_key
from core import clock


def log_action(
    action: str,
    *,
    by: Any,
    about: models.Model | None = None,
    own: Any = None,
    **details: Any,
) -> AuditEvent:
    """Add one line, inside the caller's transaction. `by` is None where the portal itself acted.

    `details` are plain JSON values: keys, states, reasons, counts; no names and no addresses. `own` is the row with
    which it was done, where it names its person only for a while: if that is `by`, the line has its key and no name.
    """
    written = line(action, by=by, about=about, own=own, **details)
    written.save(force_insert=True)
    return written


def line(
    action: str,
    *,
    by: Any,
    about: models.Model | None = None,
    own: Any = None,
    **details: Any,
) -> AuditEvent:
    """An unsaved line as of now, for callers that write many at once."""
    key = own_key(own, by) if own else ""
    if key:
        details |= {OWN: key}
    return AuditEvent(
        at=clock.now(),
        by=None if key else by,
        action=action,
        about_kind=kind_of(about) if about else "",
        about_key=str(about.pk) if about else "",
        about=_title(about)[:200] if about else "",
        details=details,
        # Another line of the same request may have the name.
        request_id="" if key else structlog.contextvars.get_contextvars().get("request_id", ""),
    )


def _title(about: models.Model) -> str:
    """The record's title; the number of an account instead of a name, which must not outlive the account."""
    if about._meta.label == settings.AUTH_USER_MODEL:
        return f"Account {about.pk}"
    return str(about)
