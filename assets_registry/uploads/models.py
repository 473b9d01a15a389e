"""An upload, the entries of it that wait to be read, and why others did not come in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation

_COUNTS = ("registered", "changed", "unchanged", "refused")


class AssetUpload(models.Model):
    """A list of software that somebody uploaded for their council, and what has become of its entries so far."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uploads")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    file_name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, help_text="Of what the file says")
    total = models.PositiveIntegerField()
    registered = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=200, blank=True)

    privacy = Privacy(
        rows="Lists of software that you uploaded",
        subject="uploaded_by",
        personal={
            "uploaded_by": Personal(
                "Who uploaded it",
                "So that it can be accounted for",
                "Those who write for the same council",
                "30 days; the name goes when the account is closed",
            ),
            "file_name": Personal(
                "The name of your file",
                "So that you know which",
                "Those who write for the same council",
                "30 days",
                OnErasure.CLEAR,
            ),
        },
        impersonal=("digest", "stopped_because"),
    )

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "digest"], condition=Q(ended_at=None), name="the_same_upload_runs_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("registered") + F("changed") + F("unchanged") + F("refused")),
                name="an_upload_counts_each_entry_once",
            ),
            models.CheckConstraint(
                condition=Q(stopped_because="") | Q(ended_at__isnull=False), name="an_upload_that_stopped_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("assets_registry:upload_progress", args=[self.pk])

    @property
    def done(self) -> int:
        return sum(getattr(self, name) for name in _COUNTS)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """What became of the entries, in words."""
        words = ("New drafts", "Changed", "As they were", "Did not come in")
        return [(said, getattr(self, name)) for said, name in zip(words, _COUNTS, strict=True)]

    @property
    def goes_on(self) -> bool:
        return self.ended_at is None


class WaitingEntry(models.Model):
    """An entry of an upload that waits to be read. It goes as it is read, whatever comes of it."""

    upload = models.ForeignKey(AssetUpload, on_delete=models.CASCADE, related_name="waiting")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=40)
    line = models.PositiveIntegerField(default=0, help_text="Of the file, where it is a table")
    content = models.TextField(blank=True)

    # Whoever a file names is left out as it is read; until then it is nobody's to look at.
    privacy = Privacy(impersonal=("name", "content"))

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "waiting entries"
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="an_entry_of_an_upload_waits_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UploadFault(models.Model):
    """Why an entry of an upload did not come in, or one of the reasons."""

    upload = models.ForeignKey(AssetUpload, on_delete=models.CASCADE, related_name="faults")
    name = models.CharField(max_length=40)
    line = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=400)

    privacy = Privacy(impersonal=("name", "reason"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason
