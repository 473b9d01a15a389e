from django.conf import settings
from django.db import models

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation
from voting.ballots.models import Ballot, Option


class Vote(models.Model):
    """One person's vote in an open ballot. It may be changed until the ballot closes."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    options = models.ManyToManyField(Option, related_name="votes", through="Choice")
    cast_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        subject="person",
        personal={
            "person": Personal(
                "What you voted for, in an open vote",
                "To count it, in the open",
                "People in the vote, its facilitators and the secretariat",
                "As long as the vote’s record; without your name once you close your account",
                OnErasure.KEEP,
            )
        },
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="one_vote_per_person")]

    def __str__(self) -> str:
        return f"A vote in {self.ballot}"


class Choice(models.Model):
    """One option ticked in one vote."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="choices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "option"], name="an_option_is_ticked_once")]

    def __str__(self) -> str:
        return str(self.option)
