import datetime as dt
import secrets

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import ordinal
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from core.words import one_or_many, spelled
from councils.models import Organisation
from events.models import Event
from projects.models import Prototype


def new_reference() -> str:
    """Ten characters that are easy to read out and hard to guess."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(10))


class Ballot(Recorded, Illustrative):
    """One vote on the prototypes of one Co-Design Day, by approval: tick as many as you would pursue. Open kind."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class Basis(models.TextChoices):
        PERSON = "person", "Per person"
        COUNCIL = "council", "Per council"

    class TieRule(models.TextChoices):
        RUN_OFF = "run_off", "A run-off between those tied"
        FACILITATOR = "facilitator", "The facilitator chooses among those tied, and says why"

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    question = models.CharField(max_length=200)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="ballots")
    most_choices = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many one may tick; empty: as many as one likes"
    )
    to_pursue = models.PositiveSmallIntegerField(default=1, help_text="How many of the prototypes are chosen")
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.PERSON)
    tie_rule = models.CharField(max_length=12, choices=TieRule.choices, default=TieRule.RUN_OFF)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Announced beforehand; empty: when it is closed")
    closed_at = models.DateTimeField(null=True, blank=True)
    # Raised with every change that a screen shows; hubs compare it.
    version = models.PositiveIntegerField(default=0, editable=False)
    # The counts as frozen at the close; `recount` compares them with the rows.
    result = models.JSONField(null=True, blank=True, editable=False)
    outcome = models.TextField(max_length=2000, blank=True, help_text="What was decided, why, who acts")
    outcome_at = models.DateTimeField(null=True, blank=True)
    run_off_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="run_off")

    privacy = Privacy(
        personal={
            "opened_by": Personal(
                "Who opened the vote",
                "So that it can be accounted for",
                "Everybody signed in",
                "As long as the vote",
            )
        },
        impersonal=("reference", "question", "outcome", "result", "source"),
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_at__isnull=False),
                name="an_open_ballot_knows_since_when",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed") & Q(closed_at__isnull=False))
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="a_closed_ballot_knows_since_when",
            ),
            models.CheckConstraint(
                condition=Q(most_choices__isnull=True) | Q(most_choices__gt=0),
                name="one_may_tick_at_least_one",
            ),
            models.CheckConstraint(condition=Q(to_pursue__gt=0), name="a_vote_chooses_at_least_one"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(result__isnull=False),
                name="a_closed_ballot_keeps_its_result",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("voting:detail", args=[self.reference])

    @property
    def takes_votes(self) -> bool:
        """Whether it is open and the time announced for its close has not come."""
        return self.state == self.State.OPEN and (self.closes_at is None or clock.now() < self.closes_at)

    @property
    def state_word(self) -> str:
        """The state as pages say it: closed from the time announced for its close."""
        return str(self.State.CLOSED.label) if self.ended_at else self.get_state_display()

    @property
    def ended_at(self) -> dt.datetime | None:
        """When it stopped taking votes: at its close, or at the announced time once that has come."""
        return self.closed_at or (self.closes_at if self.state == self.State.OPEN and not self.takes_votes else None)

    @property
    def run_off_number(self) -> int:
        """0 for a first vote, 1 for its run-off, 2 for the run-off of that."""
        return self.run_off_of.run_off_number + 1 if self.run_off_of else 0

    @property
    def run_off_words(self) -> str:
        """`run-off`, `second run-off` and so on; empty for a first vote."""
        number = self.run_off_number
        words = {0: "", 1: "run-off", 2: "second run-off", 3: "third run-off"}
        return words.get(number, f"{ordinal(number)} run-off")

    @property
    def weighs_councils(self) -> bool:
        """Whether the count per council decides, in which people from no council have no weight."""
        return self.basis == self.Basis.COUNCIL

    @property
    def choice_rule(self) -> str:
        """How many one may tick, as a sentence."""
        if self.most_choices is None:
            return "Tick as many as you would pursue."
        return "Tick one." if self.most_choices == 1 else f"Tick up to {self.most_choices}."

    @property
    def rule(self) -> str:
        """The rule that was fixed before opening, in words."""
        counted = "per person" if self.basis == self.Basis.PERSON else "per council"
        tied = "run-off if tied" if self.tie_rule == self.TieRule.RUN_OFF else "if tied, the facilitator chooses"
        chosen = one_or_many(self.to_pursue, "the first is", f"the first {spelled(self.to_pursue)} are")
        when = "is fixed when it opens" if self.state == self.State.DRAFT else "was set before opening"
        weight = " Votes of people who are here for no council carry no weight." if self.weighs_councils else ""
        return f"The rule {when}: {chosen} chosen, counted {counted}, {tied}.{weight}"


class Option(models.Model):
    """One prototype on a ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    prototype = models.ForeignKey(Prototype, on_delete=models.PROTECT, related_name="options")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "prototype"], name="a_prototype_stands_once")]

    def __str__(self) -> str:
        return str(self.prototype)


class RollEntry(models.Model):
    """Someone who may vote: checked in when the ballot opened, or added later with a reason."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="roll")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    late_reason = models.CharField(max_length=200, blank=True)

    privacy = Privacy(
        rows="Rolls of votes",
        subject="person",
        personal={
            "person": Personal(
                "That you could vote",
                "So that each person votes once",
                "People in the vote, its facilitators and the secretariat",
                "As long as the vote’s record; without your name once you close your account",
            )
        },
        impersonal=("late_reason",),
    )

    class Meta:
        verbose_name_plural = "roll entries"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="on_the_roll_once")]

    def __str__(self) -> str:
        return f"On the roll of {self.ballot}"

    @property
    def carries_weight(self) -> bool:
        """Whether a vote of this person counts in what decides."""
        return not self.ballot.weighs_councils or (self.organisation is not None and self.organisation.is_council)
