import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from projects.models import BusinessCase
from steering.models.decisions import Decision
from voting.models import Ballot


class Motion(Recorded, Illustrative):
    """What the board is asked to decide by e-mail, between meetings: its bodies vote until a day."""

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="motion")
    title = models.CharField(max_length=160)
    wording = models.TextField(max_length=2000, help_text="The decision, word for word, as it stands if accepted")
    business_case = models.ForeignKey(
        BusinessCase, on_delete=models.PROTECT, null=True, blank=True, related_name="motions"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reminded_on = models.DateField(null=True, blank=True, help_text="When those missing were last reminded")
    concluded_on = models.DateField(null=True, blank=True, help_text="When the result was shown and recorded")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="motion")

    privacy = Privacy(
        subject="asked_by",
        personal={
            "asked_by": Personal(
                "Who asked the board",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the motion; the name goes when the account is closed",
            )
        },
        impersonal=("title", "wording", "source"),
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=None) | Q(concluded_on__isnull=False), name="a_decision_by_email_was_concluded"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("steering:motion", args=[self.ballot.reference])

    @property
    def is_open(self) -> bool:
        """Whether it waits for votes, or for its result to be recorded."""
        return self.concluded_on is None and self.ballot.state != Ballot.State.VOID

    @property
    def closes_on(self) -> dt.date:
        """The last day on which bodies vote, or the day on which the vote was closed."""
        at = self.ballot.ended_at or self.ballot.closes_at
        assert at is not None  # a motion is asked with a day on which it closes
        return timezone.localdate(at)
