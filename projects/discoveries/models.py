from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation
from projects.needs.models import Need
from projects.sums.models import Sums, sums_make_sense


class PurposeQuerySet(models.QuerySet["Purpose"]):
    def of_the_alliance(self) -> Self:
        """The seven, of which a project serves at least one."""
        return self.filter(kind=Purpose.Kind.ALLIANCE)

    def of_any_record(self) -> Self:
        """Those of the Alliance and of its campaign, which events, projects and assets are tagged with."""
        return self.exclude(kind=Purpose.Kind.PRINCIPLE)


class Purpose(models.Model):
    """A purpose that records are tagged with: of the Alliance, of its campaign, or a principle of a strategy."""

    class Kind(models.TextChoices):
        ALLIANCE = "alliance", "Purpose of the Alliance"
        CAMPAIGN = "campaign", "Purpose of the campaign"
        PRINCIPLE = "principle", "Principle of Planting the Flag"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ALLIANCE)
    name = models.CharField(max_length=120, unique=True)
    wording = models.TextField(help_text="As its document puts it")
    order = models.PositiveSmallIntegerField(unique=True)

    objects = PurposeQuerySet.as_manager()

    privacy = Privacy(impersonal=("name", "wording"))

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Discovery(Recorded, Illustrative):
    """Steps 1 and 2: one theme, with a central department or without, worked on by its days until its vote."""

    class Step(models.TextChoices):
        DISCOVERY_DAY = "discovery_day", "1 Discovery Day"
        CO_DESIGN_DAY = "co_design_day", "2 Co-Design Day"
        FINISHED = "finished", "Finished: prototypes chosen"
        STOPPED = "stopped", "Stopped"

    class Feasibility(models.TextChoices):
        FEASIBLE = "feasible", "Feasible"
        CONDITIONAL = "conditional", "Feasible under conditions"
        NOT_FEASIBLE = "not_feasible", "Not feasible now"

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.TextField(max_length=1000)
    theme = models.CharField(max_length=200, blank=True, help_text="The transformation issue")
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="discoveries"
    )
    facilitator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purposes = models.ManyToManyField(Purpose, blank=True, related_name="discoveries")
    step = models.CharField(max_length=20, choices=Step.choices, default=Step.DISCOVERY_DAY)
    feasibility = models.CharField(max_length=20, choices=Feasibility.choices, blank=True)
    feasibility_reason = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField()
    step_one_ended_on = models.DateField(null=True, blank=True)
    step_two_ended_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    lesson = models.TextField(max_length=2000, blank=True, help_text="What was learned, where it was stopped")

    privacy = Privacy(
        personal={
            "facilitator": Personal(
                "Who facilitates",
                "So that people know whom to ask",
                "Everybody signed in",
                "As long as the discovery",
            )
        },
        impersonal=("title", "summary", "theme", "feasibility_reason", "lesson", "source"),
    )

    class Meta:
        ordering = ["-starts_on", "title"]
        verbose_name_plural = "discoveries"
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False) | ~Q(theme=""),
                name="discovery_has_a_department_or_a_theme",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=["co_design_day", "finished"])
                | (Q(step_one_ended_on__isnull=False) & ~Q(feasibility="")),
                name="step_two_follows_a_feasibility_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(step="stopped") | (Q(stopped_on__isnull=False) & ~Q(lesson="")),
                name="a_stopped_discovery_says_what_was_learned",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:discovery", args=[self.slug])


class PriorityIssue(models.Model):
    """An issue that a Discovery Day found councils to share."""

    discovery = models.ForeignKey(Discovery, on_delete=models.CASCADE, related_name="priority_issues")
    wording = models.CharField(max_length=300)

    privacy = Privacy(impersonal=("wording",))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.wording


class PotentialProject(models.Model):
    """A project scoped at a Discovery Day, that might resolve an issue."""

    discovery = models.ForeignKey(Discovery, on_delete=models.CASCADE, related_name="potential_projects")
    title = models.CharField(max_length=120)
    scope = models.TextField(max_length=1000)

    privacy = Privacy(impersonal=("title", "scope"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


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


class OutlineBusinessCase(Sums, Recorded):
    """The first sums behind a prototype, as made on the day."""

    prototype = models.OneToOneField(Prototype, on_delete=models.CASCADE, related_name="outline")
    note = models.TextField(max_length=2000, blank=True)

    privacy = Privacy(impersonal=("note",))

    class Meta:
        constraints = sums_make_sense("outline")

    def __str__(self) -> str:
        return f"Outline business case of {self.prototype}"
