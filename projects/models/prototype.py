from django.db import models
from django.urls import reverse

from core.models import Illustrative, Recorded
from core.privacy import Privacy
from projects.models.discovery import Discovery
from projects.models.need import Need


class Prototype(Recorded, Illustrative):
    """What a Co-Design Day made: a first shape of a solution, with an outline business case."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.TextField(max_length=1000, blank=True)
    made_by = models.CharField(max_length=300, blank=True, help_text="The team, by organisation")
    discovery = models.ForeignKey(Discovery, on_delete=models.PROTECT, related_name="prototypes")
    needs = models.ManyToManyField(Need, blank=True, related_name="prototypes")
    frozen_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a ballot on it opened: from then on it stays as it is"
    )

    privacy = Privacy(impersonal=("title", "summary", "made_by", "source"))

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:prototype", args=[self.slug])

    @property
    def lacks(self) -> list[str]:
        """What keeps it from a vote, in words: it needs a summary and an outline business case (W2)."""
        lacks = [] if self.summary else ["a summary"]
        return lacks if hasattr(self, "outline") else [*lacks, "an outline business case"]

    @property
    def is_ready_for_vote(self) -> bool:
        return not self.lacks
