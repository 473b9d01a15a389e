from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.privacy import Personal, Privacy
from steering.models.sittings import Meeting


class PdfState(StrEnum):
    """How far the PDF of a pack is."""

    WAITING = "waiting"
    BEING_MADE = "being made"
    READY = "ready"
    FAILED = "failed"


class Pack(models.Model):
    """What the board reads for a meeting, frozen with a hash: later changes of a record alter nothing in it.

    The database refuses to change what it says, and to remove it (`steering.packs.triggers`).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    version = models.PositiveSmallIntegerField(default=1)
    correction = models.CharField(
        max_length=300, blank=True, help_text="What was wrong in the version before; empty in the first"
    )
    content = models.JSONField(help_text="Its sections, as they were shown")
    sha256 = models.CharField(max_length=64, help_text="Of the content, as canonical JSON")
    frozen_at = models.DateTimeField(default=clock.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pdf = models.BinaryField(null=True, blank=True)
    pdf_size = models.PositiveIntegerField(null=True, blank=True)
    pdf_begun_at = models.DateTimeField(null=True, blank=True, help_text="When a worker began to make the PDF")
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
        impersonal=("correction", "content", "sha256", "pdf_failed"),
        is_swept=False,  # publishing refuses an e-mail address in it
    )

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="a_pack_of_a_meeting_for_each_version"),
            models.CheckConstraint(
                condition=Q(version=1, correction="") | (Q(version__gt=1) & ~Q(correction="")),
                name="a_later_version_of_a_pack_says_what_it_corrects",
            ),
            models.CheckConstraint(
                condition=Q(pdf=None, pages=None, pdf_size=None)
                | Q(pdf__isnull=False, pages__gt=0, pdf_size__gt=0, pdf_failed=""),
                name="a_pdf_says_how_long_it_is",
            ),
        ]

    def __str__(self) -> str:
        return f"Pack for {self.meeting}" + (f", version {self.version}" if self.version > 1 else "")

    def get_absolute_url(self) -> str:
        """The address of its meeting's newest pack."""
        return reverse("steering:pack", args=[self.meeting.day.isoformat()])

    def get_version_url(self) -> str:
        """The address of this version, whatever comes after it."""
        return reverse("steering:pack_version", args=[self.meeting.day.isoformat(), self.version])

    @property
    def pdf_state(self) -> PdfState:
        if self.pages:
            return PdfState.READY
        if self.pdf_failed:
            return PdfState.FAILED
        return PdfState.BEING_MADE if self.pdf_begun_at else PdfState.WAITING
