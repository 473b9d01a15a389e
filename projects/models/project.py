import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation, Service
from projects.models.discovery import Discovery, Purpose
from projects.models.prototype import Prototype


class Project(Recorded, Illustrative):
    """Steps 3 and 4: a prototype that was chosen, co-developed until its case is accepted, then launched."""

    class Stage(models.TextChoices):
        CO_DEVELOP = "co_develop", "3 Co-develop"
        LAUNCH = "launch", "4 Launch and take-up"
        FINISHED = "finished", "Finished"
        STOPPED = "stopped", "Stopped"

    class Freshness(models.TextChoices):
        FRESH = "fresh", "Up to date"
        DUE = "due", "Update due"
        OVERDUE = "overdue", "Update overdue"
        HISTORY = "history", "Part of the record"

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.TextField(max_length=1000)
    discovery = models.ForeignKey(Discovery, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    prototype = models.OneToOneField(Prototype, on_delete=models.PROTECT, null=True, blank=True, related_name="project")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    lead_council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="projects_led"
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="projects_joined")
    purposes = models.ManyToManyField(Purpose, blank=True, related_name="projects")
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.CO_DEVELOP)
    started_on = models.DateField()
    launched_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    lesson = models.TextField(max_length=2000, blank=True, help_text="What was learned, where it was stopped")
    update_every_days = models.PositiveSmallIntegerField(default=14, help_text="The declared rhythm of updates")
    last_updated_at = models.DateTimeField(default=clock.now)
    outcome_of_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The year whose outcomes it is counted among, as in the six of 2014"
    )

    privacy = Privacy(impersonal=("title", "summary", "lesson", "source"))

    class Meta:
        ordering = ["-started_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="launch") | Q(launched_on__isnull=False),
                name="a_launched_project_has_a_launch_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage="stopped") | (Q(ended_on__isnull=False) & ~Q(lesson="")),
                name="a_stopped_project_says_what_was_learned",
            ),
            models.CheckConstraint(condition=Q(update_every_days__gt=0), name="a_rhythm_is_at_least_a_day"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.slug])

    @property
    def next_update_due(self) -> dt.date:
        """The day by which the declared rhythm asks for the next status update."""
        return (self.last_updated_at + dt.timedelta(days=self.update_every_days)).date()

    @property
    def freshness(self) -> str:
        """Computed from the rhythm, never stored: overdue once a whole further period has passed."""
        if self.stage in {self.Stage.FINISHED, self.Stage.STOPPED} or self.outcome_of_year:
            return self.Freshness.HISTORY
        late = (clock.today() - self.next_update_due).days
        if late <= 0:
            return self.Freshness.FRESH
        return self.Freshness.DUE if late <= self.update_every_days else self.Freshness.OVERDUE


class StatusUpdate(models.Model):
    """One line on how a project stands, written once and shown everywhere."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="updates")
    line = models.CharField(max_length=280)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        subject="by",
        personal={
            "by": Personal(
                "Who wrote it",
                "So that others can ask",
                "People who are signed in",
                "As long as the project; the name goes when the account is closed",
            )
        },
        impersonal=("line",),
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.line
