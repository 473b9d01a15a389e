import datetime as dt
from dataclasses import replace
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from assets_registry.models import WHO, Asset
from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Privacy
from councils.models import Organisation

# First day, and first day no longer, of each live use that is over.
LivedBefore = tuple[tuple[dt.date, dt.date], ...]
# Each status that was confirmed, with its first day, in the order in which they were confirmed.
StatusesSaid = tuple[tuple[str, dt.date], ...]


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def waiting(self) -> Self:
        """Those that a lead is to confirm, and those of which a change is."""
        return self.filter(Q(confirmed_at__isnull=True) | ~Q(asked_status=""))


class Adoption(Recorded, Illustrative):
    """One council's use of one asset, declared by a contributor and confirmed by its lead."""

    class Status(models.TextChoices):
        EVALUATING = "evaluating", "Evaluating"
        PILOTING = "piloting", "Piloting"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="adoptions")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="adoptions")
    status = models.CharField(max_length=10, choices=Status.choices)
    since = models.DateField()
    version = models.CharField(max_length=40, blank=True)
    what_we_changed = models.TextField(max_length=2000, blank=True)
    avoided_cost = models.PositiveIntegerField(
        "cost avoided, in pounds", null=True, blank=True, help_text="The council’s own figure; empty where it gave none"
    )
    officer_days = models.PositiveSmallIntegerField(
        "days of officer time to put it in place", null=True, blank=True, help_text="Empty where nobody counted them"
    )
    may_be_listed = models.BooleanField("our council may be named", default=True)
    live_since = models.DateField(
        null=True, blank=True, help_text="First day of live use; kept by the status that ended it"
    )
    asked_status = models.CharField(
        "status waiting for the lead", max_length=10, choices=Status.choices, blank=True, default=""
    )
    asked_since = models.DateField(null=True, blank=True)
    asked_avoided_cost = models.PositiveIntegerField(
        "cost avoided waiting for the lead", null=True, blank=True, help_text="Asked together with a status"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = AdoptionQuerySet.as_manager()

    privacy = Privacy(
        subject="declared_by",
        personal={
            "declared_by": WHO,
            "asked_by": replace(WHO, what="Who asked for another status"),
            "confirmed_by": replace(WHO, what="Who confirmed it"),
        },
        impersonal=("version", "what_we_changed", "source"),
    )

    class Meta:
        ordering = ["council__name"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "council"], name="a_council_adopts_an_asset_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_confirmed_adoption_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(asked_status="")
                | Q(asked_since__isnull=False, asked_by__isnull=False, confirmed_at__isnull=False),
                name="a_change_asked_for_is_of_a_confirmed_adoption",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.get_status_display().lower()}"

    def save(self, *args, **kwargs) -> None:
        if self.status == self.Status.LIVE and self.live_since is None:
            self.live_since = self.since
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "live_since"}
        super().save(*args, **kwargs)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the adoption or a change of it waits for the council's lead."""
        return not self.is_confirmed or bool(self.asked_status)

    @property
    def why_it_cannot_count(self) -> str:
        """Why no lead can confirm it any more, as a sentence; empty where one can, or has."""
        if self.is_confirmed or self.asset.is_published:
            return ""
        return "The asset was withdrawn, so it cannot count."

    @cached_property
    def lived_before(self) -> LivedBefore:
        """The times of live use before the one that `live_since` begins."""
        return tuple((each.begins_on, each.ends_on) for each in self.earlier_uses.all())

    @cached_property
    def statuses_said(self) -> StatusesSaid:
        """The confirmed statuses up to the present one."""
        said = sorted(self.statuses.all(), key=lambda each: (each.confirmed_at, each.pk))
        return tuple((each.status, each.since) for each in said)

    def counts_as_live(self, day: dt.date) -> bool:
        """Confirmed, and in live use on that day."""
        return self.is_confirmed and was_live(self.status, self.since, self.live_since, day, self.lived_before)


class EarlierUse(models.Model):
    """A time of live use that is over, of a council that has said more of the asset since."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="earlier_uses")
    begins_on = models.DateField()
    ends_on = models.DateField(help_text="The first day on which it was no longer used")

    class Meta:
        ordering = ["begins_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="an_earlier_use_took_a_day"),
            models.UniqueConstraint(fields=["adoption", "begins_on"], name="an_earlier_use_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_on} until before {self.ends_on}"


def was_live(
    status: str, since: dt.date, live_since: dt.date | None, day: dt.date, lived_before: LivedBefore = ()
) -> bool:
    """Whether a council whose confirmed adoption has these values used the asset live on a day."""
    if live_since is not None and live_since <= day and (status == Adoption.Status.LIVE or since > day):
        return True
    return any(begins <= day < ends for begins, ends in lived_before)


def status_on(status: str, since: dt.date, day: dt.date, said: StatusesSaid = ()) -> str:
    """The status of a council on a day; empty before its first.

    It has `status` since `since`; what was said before is in `said`. A status said again puts its day right.
    """
    later = ""
    for each, began in ((status, since), *reversed(said)):
        if each != later and began <= day:
            return each
        later = each
    return ""
