import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse

from core import clock
from core.counting import count_of
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation
from projects.portfolio.models import Project


class BlockQuerySet(models.QuerySet["Block"]):
    def open(self) -> Self:
        return self.filter(removed_on=None)

    def told_once(self) -> Self:
        """Without those that were merged into another, which tells of them."""
        return self.filter(merged_into=None)

    def open_on(self, day: dt.date) -> Self:
        """Those that stood open on that day, each told once."""
        return self.told_once().filter(Q(removed_on=None) | Q(removed_on__gt=day), open_since__lte=day)

    def waiting_on(self, day: dt.date) -> Self:
        """The same without those of projects that have ended by then, which wait for nothing."""
        return self.open_on(day).filter(Q(project__ended_on=None) | Q(project__ended_on__gt=day))

    def with_council_counts(self) -> Self:
        """Each with `council_count`: how many different councils wait for it and for those merged into it."""
        waits = Block.councils.through.objects.filter(Q(block=OuterRef("pk")) | Q(block__merged_into=OuterRef("pk")))
        return self.annotate(council_count=count_of(waits, "organisation"))


class Block(Recorded, Illustrative):
    """What stops a project and others have to remove: raised, passed up a ladder, removed.

    Of identical ones one tells of all: the others are `merged_into` it and keep their project, councils and level.
    """

    class Level(models.TextChoices):
        PROJECT = "project", "The project"
        SECRETARIAT = "secretariat", "The secretariat"
        BOARD = "board", "The board"
        DEPARTMENT = "department", "A department or body"

    # The levels from the bottom up, and after how many days open a block that is further down goes there by itself.
    LADDER = (Level.PROJECT, Level.SECRETARIAT, Level.BOARD, Level.DEPARTMENT)
    CLOCKS = {Level.SECRETARIAT: 14, Level.BOARD: 30, Level.DEPARTMENT: 90}

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="blocks")
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    what = models.TextField(max_length=2000, help_text="What it stops, and why")
    raised_on = models.DateField(default=clock.today)
    open_since = models.DateField(
        default=clock.today, editable=False, help_text="The earliest day of it and those merged into it"
    )
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

    objects = BlockQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(open_since__lte=F("raised_on")),
                name="a_block_is_open_since_the_day_it_was_raised_or_before",
            ),
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(removed_on__gte=F("raised_on")),
                name="a_block_is_removed_after_it_was_raised",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("steering:block", args=[self.slug])

    @property
    def head(self) -> "Block":
        """The block that tells of this one: itself, or the one that it was merged into."""
        return self.merged_into or self

    @property
    def days_open(self) -> int:
        """Days from the earliest day on which it or one merged into it was raised until it was removed, or today."""
        return self.age_on(clock.today())

    def age_on(self, day: dt.date) -> int:
        """Days that it had been open on that day."""
        return (min(self.removed_on or day, day) - self.open_since).days

    def due_level(self, day: dt.date) -> str:
        """The level at which its clock puts it on that day; a department only where one is named.

        Never further down than it stands.
        """
        age = self.age_on(day)
        passed = [level for level, days in self.CLOCKS.items() if age >= days]
        due = [level for level in passed if level != self.Level.DEPARTMENT or self.who_can_remove_id]
        return max([self.level, *due], key=self.LADDER.index)

    def asks_who(self, day: dt.date) -> bool:
        """Whether its days with the board have run out and nobody has said who can remove it."""
        return (
            self.removed_on is None
            and self.who_can_remove_id is None
            and self.age_on(day) >= self.CLOCKS[self.Level.DEPARTMENT]
        )


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
