import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation
from projects.portfolio.models import Project


class Block(Recorded, Illustrative):
    """What stops a project and others have to remove: raised, passed up a ladder, removed."""

    class Level(models.TextChoices):
        PROJECT = "project", "The project"
        SECRETARIAT = "secretariat", "The secretariat"
        BOARD = "board", "The board"
        DEPARTMENT = "department", "A department or body"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="blocks")
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    what = models.TextField(max_length=2000, help_text="What it stops, and why")
    raised_on = models.DateField(default=clock.today)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.PROJECT)
    level_since = models.DateField(default=clock.today)
    who_can_remove = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="blocks_to_remove"
    )
    councils = models.ManyToManyField(Organisation, blank=True, related_name="blocks", help_text="Those that wait")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    removed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(max_length=2000, blank=True, help_text="How it was removed")

    privacy = Privacy(
        subject="raised_by",
        personal={
            "raised_by": Personal(
                "Who raised it",
                "So that others can ask",
                "People who are signed in",
                "As long as the block; the name goes when the account is closed",
            )
        },
        impersonal=("title", "what", "outcome", "source"),
    )

    class Meta:
        ordering = ["raised_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_on=None, outcome="") | (Q(removed_on__isnull=False) & ~Q(outcome="")),
                name="a_block_that_was_removed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="a_block_is_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=~Q(level="department") | Q(who_can_remove__isnull=False),
                name="a_block_at_a_department_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("steering:block", args=[self.slug])

    @property
    def days_open(self) -> int:
        """Days from the day it was raised until it was removed, or until today."""
        return ((self.removed_on or clock.today()) - self.raised_on).days

    def age_on(self, day: dt.date) -> int:
        """Days that it had been open on that day."""
        return (min(self.removed_on or day, day) - self.raised_on).days


class BlockStep(models.Model):
    """One line of a block's ladder: the level it went to, on which day, asked of whom, by whom; empty by the portal."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="steps")
    level = models.CharField(max_length=12, choices=Block.Level.choices)
    on = models.DateField(default=clock.today)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        subject="by",
        personal={
            "by": Personal(
                "Who passed it on",
                "So that others can ask",
                "People who are signed in",
                "As long as the block; the name goes when the account is closed",
            )
        },
        impersonal=("words",),
    )

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.block}: {self.get_level_display()}"
