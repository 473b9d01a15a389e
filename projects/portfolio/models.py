import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.history import is_told
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.kinds import Tier
from councils.models import Organisation, Service
from projects.discoveries.models import Discovery, Prototype, Purpose
from projects.portfolio.described import Described
from projects.sums.models import Based, Sums, bases_are_whole, sums_make_sense

HISTORY = Q(stage__in=["finished", "stopped"]) | Q(started_on__lte=clock.LAST_DAY_OF_THE_RECORD)


def start_of_today() -> dt.datetime:
    """Midnight in London."""
    return timezone.make_aware(dt.datetime.combine(clock.today(), dt.time.min))


class ProjectQuerySet(models.QuerySet["Project"]):
    def history(self) -> Self:
        return self.filter(HISTORY)

    def with_freshness(self, freshness: str) -> Self:
        """Those whose `freshness` is that now."""
        return self.alias(freshness_now=freshness_now()).filter(freshness_now=freshness)


def freshness_now() -> Case:
    """Each project's `freshness` as a database expression: the same rule as the property."""
    midnight = start_of_today()
    rules = [When(HISTORY, then=Value(Project.Freshness.HISTORY))]
    # Each rhythm has its own limits; databases do not agree on how to multiply a span of time.
    for days in Project.objects.order_by().values_list("update_every_days", flat=True).distinct():
        due = midnight - dt.timedelta(days=days)
        rhythm = Q(update_every_days=days)
        rules += [
            When(rhythm & Q(last_updated_at__gte=due), then=Value(Project.Freshness.FRESH)),
            When(
                rhythm & Q(last_updated_at__gte=due - dt.timedelta(days=days)),
                then=Value(Project.Freshness.DUE),
            ),
        ]
    return Case(*rules, default=Value(Project.Freshness.OVERDUE), output_field=models.CharField())


class Project(Described, Recorded, Illustrative):
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
    case_accepted_on = models.DateField(
        null=True, blank=True, editable=False, help_text="When its business case was accepted: unlocks the launch"
    )
    launched_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    lesson = models.TextField(max_length=2000, blank=True, help_text="What was learned, where it was stopped")
    update_every_days = models.PositiveSmallIntegerField(default=14, help_text="The declared rhythm of updates")
    last_updated_at = models.DateTimeField(default=clock.now)
    outcome_of_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The year whose outcomes it is counted among, as in the six of 2014"
    )

    objects = ProjectQuerySet.as_manager()

    privacy = Privacy(
        personal={
            "contact": Personal(
                "Who is asked about a project",
                "So that questions reach somebody who knows; through a form, without an address",
                "People who are signed in",
                "As long as the project; the name goes when the account is closed",
            )
        },
        impersonal=(
            "title",
            "summary",
            "lesson",
            "source",
            "department",
            "why",
            "users_and_needs",
            "market_engagement",
            "previous_work",
        ),
    )

    class Meta:
        ordering = ["-started_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="launch") | Q(launched_on__isnull=False),
                name="a_launched_project_has_a_launch_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["launch", "finished"]) | Q(case_accepted_on__isnull=False),
                name="an_accepted_business_case_unlocks_the_launch",
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
    def providing_tier(self) -> str:
        """Which councils provide its service; where it names none, that of all the needs behind it; else all."""
        if self.service:
            return self.service.providing_tier
        needs = self.prototype.needs.select_related("service") if self.prototype else ()
        tiers = {need.tier for need in needs}
        return tiers.pop() if len(tiers) == 1 else Tier.ALL

    @property
    def has_ended(self) -> bool:
        return self.stage in {self.Stage.FINISHED, self.Stage.STOPPED}

    @property
    def is_history(self) -> bool:
        """Ended, or of the programme of 2013 to 2015: nobody is asked for an update any more."""
        return self.has_ended or is_told(self.started_on)

    @property
    def update_due_at(self) -> dt.datetime:
        return self.last_updated_at + dt.timedelta(days=self.update_every_days)

    @property
    def next_update_due(self) -> dt.date:
        """The day by which the declared rhythm asks for the next status update."""
        return timezone.localdate(self.update_due_at)

    @property
    def freshness(self) -> str:
        """Computed from the rhythm, never stored: overdue once a whole further period has passed."""
        if self.is_history:
            return self.Freshness.HISTORY
        midnight = start_of_today()
        if self.update_due_at >= midnight:
            return self.Freshness.FRESH
        grace = dt.timedelta(days=self.update_every_days)
        return self.Freshness.DUE if self.update_due_at + grace >= midnight else self.Freshness.OVERDUE


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


class BusinessCase(Sums, Based, Recorded, Illustrative):
    """The case for building a project: drafted, submitted, then accepted or rejected by a body that is named."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="business_cases")
    version = models.PositiveSmallIntegerField(default=1)
    summary = models.TextField(max_length=4000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of what stands before the board, or was decided",
    )
    decided_by_body = models.CharField("accepting body", max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_number = models.CharField(max_length=20, blank=True)
    decision_reason = models.TextField(max_length=2000, blank=True)

    privacy = Privacy(
        subject="written_by",
        personal={
            "written_by": Personal(
                "Who wrote it",
                "So that questions can be asked",
                "People who are signed in",
                "As long as the project; the name goes when the account is closed",
            ),
            "submitted_by": Personal(
                "Who handed it in",
                "So that nobody decides on what they handed in themselves",
                "People who are signed in",
                "As long as the project; the name goes when the account is closed",
            ),
        },
        impersonal=(
            "summary",
            "cost_base",
            "saving_base",
            "content_hash",
            "decided_by_body",
            "decision_number",
            "decision_reason",
            "source",
        ),
    )

    class Meta:
        ordering = ["project", "-version"]
        constraints = [
            *sums_make_sense("case"),
            *bases_are_whole("case"),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(content_hash=""),
                name="a_submitted_case_keeps_a_hash_of_its_content",
            ),
            models.UniqueConstraint(fields=["project", "version"], name="one_business_case_per_version"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state__in=["draft", "submitted"]),
                name="one_living_business_case",
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state="accepted"), name="one_accepted_business_case"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "rejected"])
                | (Q(decided_on__isnull=False) & ~Q(decided_by_body="") & ~Q(decision_number="")),
                name="a_decided_case_says_by_whom_when_and_under_which_number",
            ),
        ]

    def __str__(self) -> str:
        return f"Business case of {self.project}, version {self.version}"

    def get_absolute_url(self) -> str:
        return f"{self.project.get_absolute_url()}#business-case"
