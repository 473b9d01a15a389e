import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import OnErasure, Personal, Privacy
from core.words import day_in_words
from councils.models import Organisation
from projects.models import BusinessCase
from voting.models import Ballot

QUORUM = 5  # bodies for, against or abstaining, of the nine seats


class BoardSeat(models.Model):
    """One of the bodies on the steering board; a decision is counted by body, not by head."""

    body = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="board_seat")
    side = models.CharField(max_length=10, choices=[("central", "Central government"), ("local", "Local government")])
    order = models.PositiveSmallIntegerField(unique=True)
    representative = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="board_seat",
        help_text="Who votes for the body between meetings; empty while nobody does",
    )

    privacy = Privacy(
        rows="Seats on the steering board",
        subject="representative",
        personal={
            "representative": Personal(
                "That you vote for a body on the steering board",
                "So that each body has one vote between meetings",
                "The board and its secretariat",
                "Until somebody else represents the body; the seat is empty once you close your account",
                OnErasure.CLEAR,
            )
        },
    )

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.body)

    @property
    def can_vote(self) -> bool:
        """Whether somebody with an open account votes for the body."""
        return self.representative is not None and self.representative.is_active


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
        return f"Steering board, {day_in_words(self.held_on)}"

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
    quorum = models.PositiveSmallIntegerField(
        default=QUORUM, editable=False, help_text="How many bodies had to take part, by the terms of that day"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True, blank=True, help_text="When it is looked at again; empty once it was")
    reviewed_on = models.DateField(null=True, blank=True, help_text="When it was last looked at again")
    review_wording = models.TextField(max_length=2000, blank=True)

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
        impersonal=("number", "title", "wording", "review_wording", "source"),
    )

    class Meta:
        ordering = ["-decided_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="accepted") | Q(votes_for__gt=models.F("votes_against")),
                name="an_accepted_decision_had_more_for_than_against",
            ),
            models.CheckConstraint(
                condition=Q(
                    quorum__lte=models.F("votes_for") + models.F("votes_against") + models.F("abstentions"),
                ),
                name="a_decision_had_its_quorum",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None, review_wording="")
                | (Q(reviewed_on__isnull=False) & ~Q(review_wording="")),
                name="a_review_says_when_and_what",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | Q(review_on=None) | Q(review_on__gt=models.F("reviewed_on")),
                name="the_next_review_comes_after_the_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("steering:decision", args=[self.number])

    @property
    def bodies(self) -> int:
        """How many bodies took part: for, against or abstaining."""
        return self.votes_for + self.votes_against + self.abstentions

    @property
    def is_review_due(self) -> bool:
        return self.review_on is not None and self.review_on <= clock.today()


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


from steering.strategy_models import FlagAssessment, FlagStep, LocalImpact  # noqa: E402, F401 - at the end, for no cycle
