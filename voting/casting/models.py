import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation
from voting.ballots.models import Ballot, Option, RollEntry


class Vote(models.Model):
    """What one voter handed in.

    In an open ballot it has a name and may be changed until the ballot closes. Votes of a secret ballot are written
    here at its close, in a random order, without a name, an organisation or a moment.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, null=True, related_name="vote")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    options = models.ManyToManyField(Option, related_name="votes", through="Choice")
    cast_at = models.DateTimeField(null=True, default=clock.now)
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
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, person__isnull=False, cast_at__isnull=False)
                | Q(entry=None, person=None, organisation=None, cast_at=None, changed_at=None),
                name="a_vote_without_a_name_says_nothing_of_its_voter",
            )
        ]

    def __str__(self) -> str:
        return f"A vote in {self.ballot}"


class Choice(models.Model):
    """What one vote says of one option: ticked, so many points, this rank."""

    class Question(models.TextChoices):
        NONE = "", "The one question"
        IMPACT = "impact", "Impact"
        FEASIBILITY = "feasibility", "Feasibility"

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="choices")
    value = models.PositiveSmallIntegerField(default=1, help_text="1 for a tick; else points or the rank")
    question = models.CharField(max_length=12, choices=Question.choices, blank=True, default=Question.NONE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "option", "question"], name="an_option_is_ticked_once"),
        ]

    def __str__(self) -> str:
        return str(self.option)


class Receipt(models.Model):
    """The code of one counted vote: that it is in the count, not what it says or whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="receipts")
    code = models.CharField(max_length=10)

    privacy = Privacy(impersonal=("code",))

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["ballot", "code"], name="a_receipt_is_of_one_vote")]

    def __str__(self) -> str:
        return self.code
