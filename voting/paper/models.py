from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.privacy import Personal, Privacy
from core.words import counted
from voting.ballots.models import Ballot

_SEEN_BY = "Everybody signed in"
_KEPT = "As long as the vote"


class PaperBatchQuerySet(models.QuerySet["PaperBatch"]):
    def confirmed(self) -> "PaperBatchQuerySet":
        """Those that two people have counted."""
        return self.filter(confirmed_at__isnull=False)


class PaperBatch(models.Model):
    """Slips of paper that were counted together: entered by one person, confirmed by another who counted them again."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="paper_batches")
    number = models.PositiveSmallIntegerField()
    slips = models.PositiveSmallIntegerField(help_text="How many slips lie in it")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    handed_over_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it is being entered")
    sent_back = models.CharField(max_length=200, blank=True, help_text="Why it was last not confirmed")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = PaperBatchQuerySet.as_manager()

    privacy = Privacy(
        rows="Paper counted in votes",
        personal={
            "entered_by": Personal("Who entered the slips", "So that it can be accounted for", _SEEN_BY, _KEPT),
            "confirmed_by": Personal("Who counted them again", "So that it can be accounted for", _SEEN_BY, _KEPT),
        },
        impersonal=("sent_back",),
    )

    class Meta:
        verbose_name_plural = "paper batches"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="a_paper_batch_has_a_number_of_its_own"),
            models.CheckConstraint(condition=Q(slips__gt=0), name="a_paper_batch_has_slips"),
            models.CheckConstraint(condition=~Q(confirmed_by=F("entered_by")), name="two_people_count_paper"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, handed_over_at__isnull=False),
                name="a_confirmed_paper_batch_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Batch {self.number}"

    @property
    def spoilt_by_reason(self) -> dict[str, int]:
        """How many of its slips are spoilt, by each reason."""
        found = [slip.reason for slip in self.spoilt.all()]
        return {reason: found.count(reason) for reason in SpoiltSlip.Reason.values}

    @property
    def slips_words(self) -> str:
        """How many slips lie in it: `9 slips, of which 2 spoilt (1 blank, 1 unreadable)`."""
        return slips_words(self.slips, self.spoilt_by_reason)


class PaperPile(models.Model):
    """Slips of one batch that say the same."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="piles")
    marks = models.JSONField(help_text="A list of option, value and question")
    slips = models.PositiveSmallIntegerField()

    privacy = Privacy(impersonal=("marks",))

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(slips__gt=0), name="a_pile_has_slips")]

    def __str__(self) -> str:
        return f"{self.slips} slips of {self.batch}"


class SpoiltSlip(models.Model):
    """A slip of a batch that is no vote, because it is blank or nobody can read it."""

    class Reason(models.TextChoices):
        BLANK = "blank", "Blank"
        UNREADABLE = "unreadable", "Unreadable"

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="spoilt_slips")
    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="spoilt")
    number = models.PositiveSmallIntegerField(help_text="As printed on it")
    reason = models.CharField(max_length=10, choices=Reason.choices)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="a_slip_is_spoilt_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="a_spoilt_slip_has_its_number"),
            models.CheckConstraint(condition=Q(reason__in=["blank", "unreadable"]), name="a_spoilt_slip_says_why"),
        ]

    def __str__(self) -> str:
        return f"Slip {self.number}"


def slips_words(slips: int, spoilt: Mapping[str, int]) -> str:
    """How many slips there are, with those that are spoilt, by reason: `9 slips, of which 1 spoilt (1 blank)`."""
    words = counted(slips, "slip")
    if number := sum(spoilt.values()):
        why = ", ".join(f"{n:,} {SpoiltSlip.Reason(reason).label.lower()}" for reason, n in spoilt.items() if n)
        words += f", of which {number:,} spoilt ({why})"
    return words
