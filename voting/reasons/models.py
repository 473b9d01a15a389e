import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.privacy import Personal, Privacy
from voting.ballots.models import Ballot


class Reason(models.Model):
    """Why somebody voted as they did, in their words, apart from their vote and without a name."""

    class State(models.TextChoices):
        WAITING = "waiting", "Not read yet"
        SHOWN = "shown", "Shown"
        HELD_BACK = "held_back", "Held back"

    # Random, so that their order says nothing.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="reasons")
    words = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moderated_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        rows="Reasons given with votes",
        personal={
            "moderated_by": Personal(
                "Who read it before it was shown",
                "So that it can be accounted for",
                "Those who run the vote",
                "As long as the vote",
            )
        },
        impersonal=("words",),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_reason_has_words"),
            models.CheckConstraint(
                condition=Q(state="waiting", moderated_by__isnull=True, moderated_at__isnull=True)
                | ~Q(state="waiting") & Q(moderated_by__isnull=False, moderated_at__isnull=False),
                name="a_reason_that_was_read_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.words
