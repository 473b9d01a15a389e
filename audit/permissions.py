"""Who may read the audit trail: holders of Django's own permission, which the secretariat's group has."""

from typing import Any

from django.db.models import QuerySet

from audit.models import AuditEvent


def may_read_trail(user: Any) -> bool:
    """Whether someone may read the audit trail: the secretariat may."""
    return user.is_authenticated and user.is_active and user.has_perm("audit.view_auditevent")


def visible_lines(user: Any) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.all() if may_read_trail(user) else AuditEvent.objects.none()
