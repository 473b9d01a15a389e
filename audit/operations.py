"""The only way to write the audit trail."""

from typing import Any

import structlog
from django.db import models

from audit.models import AuditEvent
from core import clock


def record(action: str, *, by: Any, about: models.Model | None = None, **details: Any) -> AuditEvent:
    """Add one line, inside the caller's transaction. `by` is None where the portal itself acted.

    `details` are plain JSON values: keys, states, reasons, counts; no names and no addresses.
    """
    return AuditEvent.objects.create(
        at=clock.now(),
        by=by,
        action=action,
        about_kind=about._meta.label_lower if about else "",
        about_key=str(about.pk) if about else "",
        about=str(about)[:200] if about else "",
        details=details,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
