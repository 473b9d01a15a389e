import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from publishing.models.case_study import CaseStudyPage

LASTS = dt.timedelta(days=14)


class SharedDraft(models.Model):
    """A link under which somebody without an account reads one version of a case study, until a day, and comments."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case_study = models.ForeignKey(CaseStudyPage, on_delete=models.CASCADE, related_name="shared_drafts")
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="+", help_text="The version that it shows"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When it was last opened")

    privacy = Privacy(
        rows="Links to drafts that you made",
        subject="made_by",
        personal={
            "made_by": Personal(
                "Who showed a draft to somebody",
                "So that the comments reach them, and decisions can be accounted for",
                "Whoever has the link, and those who write for the council",
                "As long as the case study; the name goes when the account is closed",
            )
        },
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="a_shared_draft_ends_after_it_was_made")
        ]

    def __str__(self) -> str:
        return f"A draft of {self.case_study}, shown until {self.ends_at:%Y-%m-%d}"

    @property
    def until(self) -> dt.datetime:
        """The moment at which it ends by itself."""
        return self.ends_at

    @property
    def is_live(self) -> bool:
        return self.stopped_at is None and clock.now() < self.ends_at


class DraftComment(models.Model):
    """What somebody who read a shared draft remarks."""

    shared = models.ForeignKey(SharedDraft, on_delete=models.CASCADE, related_name="comments")
    name = models.CharField("your name", max_length=120, blank=True)
    words = models.TextField("what you would change", max_length=2000)
    said_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="Comments on drafts",
        named="name",
        personal={
            "name": Personal(
                "The name that a reader of a draft gives",
                "So that the authors know whose comment it is",
                "Those who write for the council",
                "As long as the case study",
                OnErasure.CLEAR,
            )
        },
        impersonal=("words",),
    )

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_comment_on_a_draft_says_something")]

    def __str__(self) -> str:
        return f"{self.name or 'Somebody'} on {self.shared.case_study}"
