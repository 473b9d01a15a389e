from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from councils.models import Organisation
from projects.models import BusinessCase


class BoardSeat(models.Model):
    """One of the bodies on the steering board; a decision is counted by body, not by head."""

    body = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="board_seat")
    side = models.CharField(max_length=10, choices=[("central", "Central government"), ("local", "Local government")])
    order = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.body)


class Meeting(Recorded, Illustrative):
    """A meeting of the steering board: quarterly, at DCLG and the LGA by turns, the host in the chair."""

    held_on = models.DateField(unique=True)
    host = models.ForeignKey(BoardSeat, on_delete=models.PROTECT, related_name="meetings_hosted")
    place = models.CharField(max_length=200)
    note = models.TextField(max_length=4000, blank=True)
    present = models.ManyToManyField(BoardSeat, blank=True, related_name="meetings_attended")

    privacy = Privacy(impersonal=("place", "note", "source"))

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return f"Steering board, {self.held_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("steering:meeting", args=[self.held_on.isoformat()])


class Decision(Recorded, Illustrative):
    """What the board decided: number, wording, how the bodies stood."""

    class Result(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    number = models.CharField(max_length=20, unique=True, help_text="DEC-2014-07")
    title = models.CharField(max_length=160)
    wording = models.TextField(max_length=4000)
    result = models.CharField(max_length=10, choices=Result.choices)
    decided_on = models.DateField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    business_case = models.OneToOneField(
        BusinessCase, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField(default=0)
    abstentions = models.PositiveSmallIntegerField(default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        subject="recorded_by",
        personal={
            "recorded_by": Personal(
                "Who minuted it",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the decision; the name goes when the account is closed",
            )
        },
        impersonal=("number", "title", "wording", "source"),
    )

    class Meta:
        ordering = ["-decided_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="accepted") | Q(votes_for__gt=models.F("votes_against")),
                name="an_accepted_decision_had_more_for_than_against",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("steering:decision", args=[self.number])
