import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.content import digest_of
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation
from publishing.models.case_study import CaseStudyPage
from publishing.models.media import Picture

KEPT = dt.timedelta(days=180)  # after it was last saved
PAUSE = dt.timedelta(minutes=20)  # of nothing saved: what goes beyond is no time spent writing


class Interview(models.Model):
    """What somebody has answered to the ten questions of a case study so far. The page is made when they send it."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interviews")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    seconds = models.PositiveIntegerField(default=0, help_text="Time spent on it so far, pauses left out")
    answers = models.JSONField(default=dict, blank=True, help_text="What was typed, by field, right or wrong")
    picture = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    page = models.OneToOneField(
        CaseStudyPage,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="interview",
        help_text="The draft that was made of it",
    )

    privacy = Privacy(
        rows="Case studies that you began in the interview",
        subject="author",
        personal={
            "author": Personal(
                "Who answers the questions of a case study",
                "So that they can go on with it on any device",
                "Nobody else, until it is sent",
                "Half a year after it was last saved",
                OnErasure.DELETE_ROW,
            ),
            "answers": Personal(
                "What they have answered so far",
                "To make the case study of it",
                "Nobody else, until it is sent",
                "Half a year after it was last saved; when it is sent, only the case study stays",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True, sent_at__isnull=True) | Q(page__isnull=False, sent_at__isnull=False),
                name="an_interview_has_a_page_once_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(saved_at__gte=F("started_at")), name="an_interview_is_saved_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"A case study of {self.council}"

    def get_absolute_url(self) -> str:
        return f"/case-studies/new/{self.pk}/"

    @property
    def title(self) -> str:
        """What it is called so far."""
        return " ".join(str(self.answers.get("title", "")).split())[:160]

    def mark_of(self, names: Collection[str] | None = None) -> str:
        """A mark that differs as soon as the answers of these names do, or any answer or the picture; "" of none."""
        answers = self.answers if names is None else {name: self.answers.get(name, "") for name in names}
        said = {name: words for name, words in answers.items() if words}
        if names is None and self.picture_id:
            said["picture"] = str(self.picture_id)
        return digest_of(said) if said else ""

    @property
    def minutes(self) -> int:
        """The minutes spent on it so far."""
        return round(self.seconds / 60)
