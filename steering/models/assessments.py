"""Assessments of a project at a gate, by the 14 points of the Service Standard."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from core.words import day_in_words
from projects.models import Project
from steering.models.meetings import BoardAction
from steering.models.sittings import Meeting

STANDARD = "Service Standard, GOV.UK, 2019"
STANDARD_URL = "https://www.gov.uk/service-manual/service-standard"
POINTS = (
    "Understand users and their needs",
    "Solve a whole problem for users",
    "Provide a joined up experience across all channels",
    "Make the service simple to use",
    "Make sure everyone can use the service",
    "Have a multidisciplinary team",
    "Use agile ways of working",
    "Iterate and improve frequently",
    "Create a secure service which protects users’ privacy",
    "Define what success looks like and publish performance data",
    "Choose the right tools and technology",
    "Make new source code open",
    "Use and contribute to open standards, common components and patterns",
    "Operate a reliable service",
)


class GateAssessment(Recorded, Illustrative):
    """An assessment of a project at a gate: red is assessed again, amber goes on and mends in three months."""

    class Rating(models.TextChoices):
        RED = "red", "Red"
        AMBER = "amber", "Amber"
        GREEN = "green", "Green"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assessments")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    assessed_on = models.DateField()
    rating = models.CharField(
        max_length=5, choices=Rating.choices, editable=False, help_text="The worst of its points, written with them"
    )
    again_on = models.DateField(null=True, blank=True, help_text="By when it is assessed again; of a red one")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        subject="recorded_by",
        personal={
            "recorded_by": Personal(
                "Who wrote it down",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the assessment; the name goes when the account is closed",
            )
        },
        impersonal=("source",),
    )

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "assessed_on"], name="a_project_is_assessed_once_on_a_day"),
            models.CheckConstraint(
                condition=~Q(rating="red") | Q(again_on__isnull=False, again_on__gt=F("assessed_on")),
                name="a_red_assessment_says_when_again",
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment of {self.project}, {day_in_words(self.assessed_on)}"

    def get_absolute_url(self) -> str:
        return reverse("steering:assessment", args=[self.project.slug, self.assessed_on.isoformat()])


class GatePoint(models.Model):
    """How a project stood on one of the 14 points, and the action that follows from red or amber."""

    class Rating(models.TextChoices):
        GREEN = "green", "Green"
        AMBER = "amber", "Amber"
        RED = "red", "Red"
        NOT_YET = "not_yet", "Not met yet"

    assessment = models.ForeignKey(GateAssessment, on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField(help_text="Of the Service Standard, 1 to 14")
    rating = models.CharField(max_length=8, choices=Rating.choices)
    words = models.CharField(max_length=300, blank=True, help_text="What is missing, or what shows it")
    action = models.OneToOneField(
        BoardAction, on_delete=models.PROTECT, null=True, blank=True, related_name="assessment_point"
    )

    privacy = Privacy(impersonal=("words",))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="an_assessment_has_each_point_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=len(POINTS)), name="a_point_is_one_of_fourteen"
            ),
            models.CheckConstraint(
                condition=~Q(rating__in=["red", "amber"]) | (~Q(words="") & Q(action__isnull=False)),
                name="a_red_or_amber_point_says_what_is_missing_and_makes_an_action",
            ),
            models.CheckConstraint(
                condition=Q(rating__in=["red", "amber"]) | Q(action=None), name="only_red_or_amber_makes_an_action"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def title(self) -> str:
        """The point in the words of the Service Standard."""
        return POINTS[self.number - 1]
