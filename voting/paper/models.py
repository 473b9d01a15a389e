from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.privacy import Personal, Privacy
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
