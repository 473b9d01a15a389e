from django.db import models

from core.privacy import Privacy


class Change(models.Model):
    """A record changed: written in the same transaction as the change, read by each search engine."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    # PostgreSQL's transaction number: a later number may commit first, so readers stop before any still open.
    transaction = models.PositiveBigIntegerField(default=0)

    privacy = Privacy(impersonal=("kind", "key"))

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Cursor(models.Model):
    """How far one engine has followed the change log."""

    engine = models.CharField(max_length=40, unique=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)

    privacy = Privacy(impersonal=("engine",))

    def __str__(self) -> str:
        return f"{self.engine} at {self.position}"
