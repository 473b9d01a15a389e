from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation


class LinkCheck(models.Model):
    """What came of asking for the address of an asset: when, how often it failed in a row, where it leads now."""

    asset = models.OneToOneField("assets_registry.Asset", on_delete=models.CASCADE, related_name="link_check")
    address = models.URLField(max_length=400)
    host = models.CharField(max_length=253)
    asked_at = models.DateTimeField(help_text="When it was last asked for")
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When an answer, or none, was last written down")
    needs_get = models.BooleanField(default=False, help_text="Its site refuses to be asked for the head of a page")
    failures = models.PositiveIntegerField(default=0, help_text="One after the other, until today")
    failing_since = models.DateField(null=True, blank=True)
    moved_to = models.URLField(max_length=2000, blank=True, help_text="Where its site leads now, on another host")

    privacy = Privacy(impersonal=("address", "host", "moved_to"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="a_link_that_fails_knows_since_when",
            ),
        ]
        indexes = [models.Index(fields=["host", "asked_at"], name="when_a_host_was_asked")]

    def __str__(self) -> str:
        return f"Link of {self.asset}"


class ProblemReport(Recorded, Illustrative):
    """What somebody found wrong with the entry of an asset, and what its owner answered."""

    class Reason(models.TextChoices):
        LINK = "link", "A link does not work"
        MOVED = "moved", "It has moved, or has a new name"
        WRONG = "wrong", "The entry says something that is wrong"
        LICENCE = "licence", "The licence is wrong, or is missing"
        DEPENDENCY = "dependency", "It needs something that cannot be had"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        MENDED = "mended", "Mended"
        NO_PROBLEM = "no_problem", "Not a problem"

    asset = models.ForeignKey("assets_registry.Asset", on_delete=models.CASCADE, related_name="problems")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.TextField(max_length=1000)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="problems_found")
    reported_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        rows="Problems reported with the entry of an asset",
        subject="reported_by",
        personal={
            "reported_by": Personal(
                "Who reported it",
                "So that its owner can ask, and the answer finds its way",
                "Those who keep the entry",
                "As long as the entry; the name goes when the account is closed",
            ),
            "answered_by": Personal(
                "Who answered it",
                "So that it can be accounted for",
                "Those who keep the entry",
                "As long as the entry; the name goes when the account is closed",
            ),
            "note": Personal(
                "What you found",
                "So that it can be mended",
                "Those who keep the entry",
                "As long as the entry",
            ),
        },
        impersonal=("answer", "source"),
    )

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_by=None, answered_at=None)
                | ~Q(state="open") & ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="a_problem_is_open_or_answered_in_words",
            ),
            models.UniqueConstraint(
                fields=["asset", "reported_by", "reason"],
                condition=Q(state="open"),
                name="one_open_problem_of_a_reason_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.get_reason_display().lower()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class HandOver(models.Model):
    """That an asset went from one owner, or from one person of its owner, to another."""

    asset = models.ForeignKey("assets_registry.Asset", on_delete=models.CASCADE, related_name="hand_overs")
    from_owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(default=clock.now)

    _WHO = Personal(
        "Who said that an entry went to somebody else to look after",
        "So that it can be accounted for",
        "Those who keep the entry",
        "As long as the entry; the name goes when the account is closed",
    )
    privacy = Privacy(
        rows="Entries of assets that were handed over",
        subject="handed_by",
        personal={
            "from_person": replace(_WHO, what="Who looked after an entry before"),
            "to_person": replace(_WHO, what="Who looked after an entry from then on"),
            "handed_by": _WHO,
        },
        impersonal=("reason",),
    )

    class Meta:
        ordering = ["handed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_owner=models.F("to_owner")) | ~Q(from_person=models.F("to_person")),
                name="what_is_handed_over_changes_hands",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_hand_over_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: from {self.from_owner} to {self.to_owner}"


class CriterionAnswer(models.Model):
    """Which requirements of one criterion of the Standard for Public Code an asset meets, as its owner says."""

    asset = models.ForeignKey("assets_registry.Asset", on_delete=models.CASCADE, related_name="criteria")
    criterion = models.SlugField(max_length=60)
    met = models.JSONField(default=list, help_text="The requirements that are met, by their keys")
    note = models.CharField(max_length=300, blank=True)
    version = models.CharField(max_length=10, help_text="Of the standard")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()

    privacy = Privacy(
        rows="Answers on the Standard for Public Code",
        subject="said_by",
        personal={
            "said_by": Personal(
                "Who said so for the owner",
                "So that it can be accounted for",
                "Those who keep the entry",
                "As long as the entry; the name goes when the account is closed",
            )
        },
        impersonal=("met", "note", "version"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "criterion"], name="one_answer_per_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.criterion}"
