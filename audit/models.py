from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.privacy import Personal, Privacy


class AppendOnly(Exception):
    """Raised by an attempt to change or delete an audit line."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class AuditEvent(models.Model):
    """One line of the audit trail: who did what, to what, when. Lines are added, never changed or removed."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: the portal",
    )
    action = models.CharField(max_length=60, help_text="app.past_tense, as in events.signed_up")
    about_kind = models.CharField(max_length=60, blank=True)
    about_key = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=200, blank=True, help_text="The record's title when it happened")
    details = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    objects = AuditEventQuerySet.as_manager()

    privacy = Privacy(
        rows="The audit trail",
        subject="by",
        personal={
            "by": Personal(
                "Who did it",
                "So that decisions can be accounted for",
                "The secretariat, and of some acts whoever may do the same, where somebody was first",
                "7 years; the name goes when the account is closed. What you did with a place of your own: "
                "as long as the place has your name",
            ),
        },
        impersonal=("action", "about_kind", "about_key", "about", "details", "request_id"),
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["about_kind", "about_key"]),
            # The latest of one action, and how many, without looking at the lines themselves.
            models.Index(fields=["action", "-at", "-id"], name="audit_latest_of_an_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class ChainLink(models.Model):
    """A link of the hash chain over the audit trail: which lines it covers, and their digest with the link before."""

    previous = models.CharField(max_length=64, blank=True, unique=True, help_text="Digest of the link before")
    digest = models.CharField(max_length=64, unique=True)
    after = models.BigIntegerField(help_text="It covers the lines with keys above this")
    up_to = models.BigIntegerField(help_text="The highest key it covers")
    lines = models.PositiveIntegerField(help_text="How many lines it covers, late ones included")
    gaps = models.JSONField(default=list, help_text="Ranges of keys that no line had: undone, or not yet committed")
    late = models.JSONField(default=list, help_text="Keys in gaps of earlier links whose lines came later")
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(impersonal=("previous", "digest", "gaps", "late"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(up_to__gte=F("after"), lines__gt=0), name="a_link_covers_a_line")
        ]

    def __str__(self) -> str:
        return f"Link {self.pk} of the audit trail"
