import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.kinds import Tier
from councils.models import Organisation, Service
from projects.discoveries.models import Discovery, Prototype, Purpose
from projects.portfolio.described import Described
from projects.sums.models import Based, Sums, bases_are_whole, sums_make_sense

HISTORY = Q(stage__in=["finished", "stopped"]) | Q(is_of_the_record=True)
# After so many rhythms without an update a project is no longer fresh, no longer due, no longer overdue but dormant.
RHYTHMS = {"fresh": 1, "due": 2, "overdue": 4}


def start_of_today() -> dt.datetime:
    """Midnight in London."""
    return timezone.make_aware(dt.datetime.combine(clock.today(), dt.time.min))


class ProjectQuerySet(models.QuerySet["Project"]):
    def history(self) -> Self:
        return self.filter(HISTORY)

    def living(self) -> Self:
        """Those that have not ended and are not of the record, paused ones too."""
        return self.exclude(HISTORY)

    def with_freshness(self, *freshness: str, now: Case | None = None) -> Self:
        """Those whose `freshness` is one of these now; `now` is `freshness_now()`, where it was read already."""
        return self.alias(freshness_now=now or freshness_now()).filter(freshness_now__in=freshness)

    def late(self, now: Case | None = None) -> Self:
        """Those whose update is overdue, the dormant ones too."""
        return self.with_freshness(*Project.LATE, now=now)

    def to_look_at_again(self) -> Self:
        """The paused ones whose day to look again has come."""
        return self.living().filter(look_again_on__lte=clock.today())


def freshness_now() -> Case:
    """Each project's `freshness` as a database expression: the same rule as the property."""
    midnight = start_of_today()
    rules = [
        When(HISTORY, then=Value(Project.Freshness.HISTORY)),
        When(paused_on__isnull=False, then=Value(Project.Freshness.PAUSED)),
    ]
    # Each rhythm has its own limits; databases do not agree on how to multiply a span of time.
    for days in Project.objects.order_by().values_list("update_every_days", flat=True).distinct():
        rules += [
            When(
                update_every_days=days,
                last_updated_at__gte=midnight - rhythms * dt.timedelta(days=days),
                then=Value(freshness),
            )
            for freshness, rhythms in RHYTHMS.items()
        ]
    return Case(*rules, default=Value(Project.Freshness.DORMANT), output_field=models.CharField())


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
        DORMANT = "dormant", "Dormant"
        PAUSED = "paused", "Paused"
        HISTORY = "history", "Part of the record"

    LATE = (Freshness.OVERDUE, Freshness.DORMANT)

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
    paused_on = models.DateField(null=True, blank=True, editable=False)
    paused_because = models.CharField(max_length=280, blank=True)
    look_again_on = models.DateField(null=True, blank=True, help_text="While it is paused: when it is looked at again")
    lesson = models.TextField(
        max_length=2000, blank=True, help_text="What was learned, where it was stopped, or until it was paused"
    )
    update_every_days = models.PositiveSmallIntegerField(default=14, help_text="The declared rhythm of updates")
    last_updated_at = models.DateTimeField(default=clock.now)
    nudged_on = models.DateField(
        null=True, blank=True, editable=False, help_text="When somebody last had its owner asked for an update"
    )
    is_of_the_record = models.BooleanField(
        default=False, help_text="It is part of the record of 2013 to 2015: nobody is asked for an update"
    )
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
            "paused_because",
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
            models.CheckConstraint(
                condition=Q(paused_on__isnull=True, look_again_on__isnull=True, paused_because="")
                | (
                    Q(paused_on__isnull=False, look_again_on__isnull=False, look_again_on__gt=F("paused_on"))
                    & ~Q(paused_because="")
                    & ~Q(lesson="")
                ),
                name="a_pause_says_why_what_was_learned_and_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["finished", "stopped"]) | Q(paused_on__isnull=True),
                name="what_has_ended_is_not_paused",
            ),
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
        """Ended, or of the record of 2013 to 2015: nobody is asked for an update any more."""
        return self.has_ended or self.is_of_the_record

    @property
    def is_paused(self) -> bool:
        return self.paused_on is not None

    @property
    def was_nudged_today(self) -> bool:
        return self.nudged_on == clock.today()

    @property
    def told_since(self) -> dt.date | None:
        """The day it began, where it is of the record; None where it goes on today, whenever it began."""
        return self.started_on if self.is_of_the_record else None

    @property
    def updated_on(self) -> dt.date:
        """The day of its last update; of a project that has none, the day it was entered."""
        return timezone.localdate(self.last_updated_at)

    @property
    def is_late(self) -> bool:
        """Whether its update is overdue, or so long that it is dormant."""
        return self.freshness in self.LATE

    @property
    def update_due_at(self) -> dt.datetime:
        return self.last_updated_at + dt.timedelta(days=self.update_every_days)

    @property
    def next_update_due(self) -> dt.date:
        """The day by which the declared rhythm asks for the next status update."""
        return timezone.localdate(self.update_due_at)

    @property
    def freshness(self) -> str:
        """Computed from the rhythm, never stored: overdue once a further period has passed, dormant after three."""
        if self.is_history:
            return self.Freshness.HISTORY
        if self.is_paused:
            return self.Freshness.PAUSED
        midnight, rhythm = start_of_today(), dt.timedelta(days=self.update_every_days)
        passed = (name for name, rhythms in RHYTHMS.items() if self.last_updated_at + rhythms * rhythm >= midnight)
        return self.Freshness(next(passed, self.Freshness.DORMANT))


class StatusUpdate(models.Model):
    """One line on how a project stands, written once and shown everywhere, with its rating.

    An update from before there were ratings has none, nor has one of a project of the record.
    """

    class Rating(models.TextChoices):
        GREEN = "green", "Green"
        AMBER = "amber", "Amber"
        RED = "red", "Red"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="updates")
    line = models.CharField(max_length=280)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_confirmation = models.BooleanField(default=False, help_text="The line before was said to be still accurate")
    rating = models.CharField(max_length=5, choices=Rating.choices, blank=True)
    suggested = models.CharField(
        max_length=5, choices=Rating.choices, blank=True, help_text="What the portal suggested when it was written"
    )
    suggested_because = models.TextField(blank=True)
    because = models.CharField(max_length=280, blank=True, help_text="Why its rating is another than the one suggested")

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
        impersonal=("line", "suggested_because", "because"),
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating="", suggested="") | ~Q(rating="") & ~Q(suggested=""),
                name="a_rating_stands_beside_the_suggested_one",
            ),
            models.CheckConstraint(
                condition=Q(rating=F("suggested")) | ~Q(because=""),
                name="a_rating_other_than_the_suggested_one_says_why",
            ),
            models.CheckConstraint(
                condition=Q(suggested__in=["", "green"]) | ~Q(suggested_because=""),
                name="what_is_suggested_short_of_green_has_its_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def is_overridden(self) -> bool:
        """Whether its owner rated it otherwise than the portal suggested."""
        return self.rating != self.suggested

    @property
    def said(self) -> str:
        """The line as every page, mail and file says it."""
        return f"Still accurate: {self.line}" if self.is_confirmation else self.line


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
