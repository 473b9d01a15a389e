import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from core.words import counted, day_in_words
from councils.models import Organisation
from projects.portfolio.models import Project


class InterestQuerySet(models.QuerySet["Interest"]):
    def open(self) -> Self:
        """Those that the project has not answered."""
        return self.filter(outcome="")


class Interest(Recorded, Illustrative):
    """What a council offers a project: the lead council answers it by a day, and the answer is kept."""

    class Kind(models.TextChoices):
        IDEAS = "ideas", "Share ideas"
        TEST = "test", "Join as tester"
        FUND = "fund", "Co-fund"
        ADOPT = "adopt", "Adopt it"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        LATER = "later", "Later"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="interests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what the council offers", max_length=1000)
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(help_text="The day by which the lead council answers")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    answer = models.TextField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        rows="What councils offer projects",
        subject="by",
        personal={
            "by": Personal(
                "Who offered something to a project for their council",
                "So that the answer reaches them",
                "Those who answer for the project, and the council itself",
                "As long as the project; the name goes when the account is closed",
            ),
            "answered_by": Personal(
                "Who answered it",
                "So that decisions can be accounted for",
                "Those who answer for the project, and the council that offered",
                "As long as the project; the name goes when the account is closed",
            ),
        },
        impersonal=("words", "answer", "source"),
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "council", "kind"],
                condition=Q(outcome=""),
                name="a_council_offers_the_same_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_by=None, answered_at=None)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="an_answer_says_what_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")), name="an_answer_follows_its_offer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.get_kind_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("projects:interest", args=[self.project.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def due_in_words(self) -> str:
        """`Answer due by 3 May 2026`, `Answer 4 days overdue`; empty once it is answered."""
        if not self.is_open:
            return ""
        late = (clock.today() - self.due_on).days
        return f"Answer {counted(late, 'day')} overdue" if late > 0 else f"Answer due by {day_in_words(self.due_on)}"


ANSWERED_WITHIN = dt.timedelta(days=14)
