"""What came out of a day besides needs, prototypes and projects: slides, recordings, notes, decisions."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from events.event.models import Event


class Output(models.Model):
    """Something that came out of a day: a link, or a document that was uploaded."""

    class Kind(models.TextChoices):
        SLIDES = "slides", "Slides"
        RECORDING = "recording", "Recording"
        NOTES = "notes", "Notes"
        DECISION = "decision", "Decision"
        OTHER = "other", "Something else"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="outputs")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    link = models.URLField(max_length=500, blank=True)
    document = models.FileField(upload_to="outputs/%Y/", max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="What you added to the page of an event",
        subject="added_by",
        personal={
            "added_by": Personal(
                "That you added slides, a recording or a note to an event",
                "So that somebody can be asked about it",
                "Those who run the event",
                "As long as it stands there; without your name once you close your account",
                OnErasure.CLEAR,
            ),
        },
        impersonal=("title", "link", "document"),
    )

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="", document__gt="") | Q(document="", link__gt=""),
                name="an_output_is_a_link_or_a_document",
            ),
            models.UniqueConstraint(
                fields=["event", "link"], condition=~Q(link=""), name="an_event_has_each_link_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it leads: its link, or the document."""
        return self.link or reverse("events:output", args=[self.event.slug, self.pk])

    @property
    def format(self) -> str:
        """The kind of file: `PDF`; empty for a link."""
        return Path(self.document.name).suffix.lstrip(".").upper() if self.document else ""
