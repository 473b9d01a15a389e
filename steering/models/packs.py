from django.conf import settings
from django.db import models
from django.urls import reverse

from core import clock
from core.privacy import Personal, Privacy
from steering.models.sittings import Meeting


class Pack(models.Model):
    """What the board reads for a meeting, frozen with a hash: later changes of a record alter nothing in it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField(help_text="Its sections, as they were shown")
    sha256 = models.CharField(max_length=64, help_text="Of the content, as canonical JSON")
    frozen_at = models.DateTimeField(default=clock.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pdf = models.BinaryField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    pdf_failed = models.CharField(max_length=200, blank=True, help_text="Why there is no PDF")

    privacy = Privacy(
        subject="frozen_by",
        personal={
            "frozen_by": Personal(
                "Who published it",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the pack; the name goes when the account is closed",
            )
        },
        impersonal=("content", "sha256", "pdf_failed"),
    )

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="a_pack_of_a_meeting_for_each_version"),
        ]

    def __str__(self) -> str:
        return f"Pack for {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("steering:pack", args=[self.meeting.day.isoformat()])
