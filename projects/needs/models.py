from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse

from core import clock
from core.counting import count_of
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.kinds import ENGLISH_KINDS, KINDS_OF_TIER, Tier
from councils.models import Organisation, Service


class NeedQuerySet(models.QuerySet["Need"]):
    def open(self) -> Self:
        return self.filter(state=Need.State.OPEN)

    def with_council_counts(self) -> Self:
        """Annotate each need with `council_count`: the councils that have it and provide it."""
        return self.annotate(council_count=count_of(NeedSupport.objects.that_count().filter(need=OuterRef("pk"))))


class Need(Recorded, Illustrative):
    """Something a council needs: for whom, what, on what evidence, at what cost today."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        WITHDRAWN = "withdrawn", "Withdrawn"
        MERGED = "merged", "Merged into another need"

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    who_for = models.CharField("who it is for", max_length=200)
    what = models.TextField("what they need", max_length=2000)
    evidence = models.TextField(max_length=4000, blank=True)
    cost_of_problem = models.CharField("what the problem costs today", max_length=300, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs_raised")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)
    discovery = models.ForeignKey(
        "projects.Discovery", on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    objects = NeedQuerySet.as_manager()

    privacy = Privacy(
        subject="raised_by",
        personal={
            "raised_by": Personal(
                "Who raised the need",
                "So that others can ask",
                "People who are signed in",
                "As long as the need; the name goes when the account is closed",
            )
        },
        impersonal=("title", "who_for", "what", "evidence", "cost_of_problem", "state_reason", "source"),
    )

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="merged") & Q(merged_into__isnull=False))
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="a_merged_need_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="no_need_merges_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:need", args=[self.slug])

    @property
    def tier(self) -> str:
        """Which councils provide what it is about; all of them where it is about no one service."""
        return self.service.providing_tier if self.service else Tier.ALL


class NeedSupportQuerySet(models.QuerySet["NeedSupport"]):
    def that_count(self) -> Self:
        return self.filter(_counts())

    def saying_whether_they_count(self) -> Self:
        """Annotate each with `counts`."""
        return self.annotate(counts=_counts())


def _counts() -> Q:
    """Whether a council counts: it provides the service and exists, or had the need already in the years of the record.

    Of each council alone, so that no council's joining takes another out of the count.
    """
    provides = Q(need__service=None) | ~Q(council__kind__in=ENGLISH_KINDS)
    for tier, kinds in KINDS_OF_TIER.items():
        provides |= Q(need__service__providing_tier=tier, council__kind__in=kinds)
    exists = Q(council__ends_on=None) | Q(council__ends_on__gte=clock.today())
    return provides & (exists | Q(joined_at__lt=clock.HISTORY_ENDS))


class NeedSupport(models.Model):
    """One council saying: we have this need too. The council that raised it counts as the first."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="supports")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs_joined")
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)
    words = models.CharField("how it looks there", max_length=300, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)

    objects = NeedSupportQuerySet.as_manager()

    privacy = Privacy(
        rows="Councils that have a need",
        subject="joined_by",
        personal={
            "joined_by": Personal(
                "Who joined a need for their council",
                "So that decisions can be accounted for",
                "The secretariat",
                "As long as the need; the name goes when the account is closed",
            )
        },
        impersonal=("words",),
    )

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "council"], name="a_council_joins_a_need_once"),
            models.CheckConstraint(
                condition=Q(words="", said_at=None) | (~Q(words="") & Q(said_at__isnull=False)),
                name="what_a_council_says_of_a_need_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} has this too"


class NeedMove(models.Model):
    """Something that came of a need, written once to each of those who have it."""

    class What(models.TextChoices):
        DISCOVERY = "discovery", "It is taken up in a discovery"
        PROTOTYPE = "prototype", "There is a prototype for it"
        VOTE = "vote", "Voting has opened on a prototype for it"
        PROJECT = "project", "A project builds a prototype for it"
        DONE = "done", "Another council has done this"

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="moves")
    what = models.CharField(max_length=10, choices=What.choices)
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300, help_text="The address of what came of it, on this site")
    moved_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(rows="What came of a need", impersonal=("title", "path"))

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "what", "path"], name="a_need_moves_to_the_same_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.title}"
