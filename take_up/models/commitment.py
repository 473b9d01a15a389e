import datetime as dt
from dataclasses import replace
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assets_registry.models import WHO, Asset
from core import clock
from core.figures import POUNDS, Figure
from core.models import Illustrative, Recorded
from core.months import months_after
from core.privacy import Privacy
from core.words import counted, series
from councils.models import Organisation

REMINDED = dt.timedelta(days=14)  # before the last day
MONTHS = 6


def six_months_after(day: dt.date) -> dt.date:
    """The same day of the month six months later, or the last of that month where it is shorter."""
    return months_after(day, MONTHS)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def waiting(self) -> Self:
        """Those that wait for the council's lead."""
        return self.filter(confirmed_at__isnull=True, ended_on__isnull=True)

    def standing(self) -> Self:
        """Those confirmed and not ended. One that has run out stands until the schedule ends it, and counts no more."""
        return self.filter(confirmed_at__isnull=False, ended_on__isnull=True)

    def not_renewed(self) -> Self:
        """Those beside which nothing of the same council waits for its lead."""
        same = {"asset": models.OuterRef("asset"), "council": models.OuterRef("council")}
        return self.exclude(models.Exists(Commitment.objects.waiting().filter(**same)))

    def live_on(self, day: dt.date) -> Self:
        """Those that held on a day: begun, not run out, not ended."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), begins_on__lte=day, expires_on__gte=day)


class Commitment(Recorded, Illustrative):
    """What a council says it would do for an asset: proposed by a contributor, confirmed by its lead for six months."""

    class Would(models.TextChoices):
        USE = "use", "Use it"
        PILOT = "pilot", "Pilot it"
        HELP = "help", "Help with it"

    class Ending(models.TextChoices):
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Ran out"
        REPLACED = "replaced", "Renewed or changed"
        ADOPTED = "adopted", "Became an adoption"
        TURNED_DOWN = "turned_down", "Turned down"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="commitments")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commitments")
    would = models.CharField(max_length=5, choices=Would.choices)
    officer_days = models.PositiveSmallIntegerField("days of officer time", default=0)
    co_fund = models.PositiveIntegerField("co-fund up to, in pounds", default=0)
    may_be_listed = models.BooleanField("our council may be named", default=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True, help_text="The last day on which it holds")
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds")
    ending = models.CharField(max_length=11, choices=Ending.choices, blank=True, default="")

    privacy = Privacy(
        subject="proposed_by",
        personal={"proposed_by": WHO, "confirmed_by": replace(WHO, what="Who confirmed it")},
        impersonal=("source",),
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["council__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "council"],
                condition=Q(confirmed_at__isnull=False, ended_on__isnull=True),
                name="one_standing_commitment_per_council_and_asset",
            ),
            models.UniqueConstraint(
                fields=["asset", "council"],
                condition=Q(confirmed_at__isnull=True, ended_on__isnull=True),
                name="one_waiting_commitment_per_council_and_asset",
            ),
            models.CheckConstraint(
                condition=Q(would__in=["use", "pilot"])
                | Q(would="help", officer_days__gt=0)
                | Q(would="help", co_fund__gt=0),
                name="a_commitment_is_to_something",
            ),
            models.CheckConstraint(
                condition=Q(
                    confirmed_at__isnull=True,
                    confirmed_by__isnull=True,
                    begins_on__isnull=True,
                    expires_on__isnull=True,
                )
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    begins_on__isnull=False,
                    expires_on__isnull=False,
                    expires_on__gte=F("begins_on"),
                ),
                name="a_confirmed_commitment_says_by_whom_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ending="") | (Q(ended_on__isnull=False) & ~Q(ending="")),
                name="an_ended_commitment_says_how_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} would {self.in_words}"

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.ended_on is None

    @property
    def is_to_adopt(self) -> bool:
        """Whether it can become an adoption: help alone cannot."""
        return self.would != self.Would.HELP

    @property
    def in_words(self) -> str:
        """use it, give 2 days of officer time and co-fund up to £5,000."""
        said = [self.get_would_display().lower()] if self.is_to_adopt else []
        if self.officer_days:
            said.append(f"give {counted(self.officer_days, 'day')} of officer time")
        if self.co_fund:
            said.append(f"co-fund up to {Figure(self.co_fund, unit=POUNDS).number}")
        return series(said)

    def is_live_on(self, day: dt.date) -> bool:
        """Whether it held on a day."""
        if self.begins_on is None or self.expires_on is None:
            return False
        return self.begins_on <= day <= self.expires_on and (self.ended_on is None or day < self.ended_on)
