import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from projects.models import BusinessCase
from steering.models.roster import QUORUM, BoardSeat
from steering.models.sittings import Meeting
from steering.models.subjects import AboutASubject, one_subject_at_most


class Decision(AboutASubject, Recorded, Illustrative):
    """What the board decided: number, wording, result, what it weighed, how the bodies stood."""

    class Result(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"
        CONDITIONAL = "conditional", "Accepted on conditions"
        DEFERRED = "deferred", "Deferred"
        NOTED = "noted", "Noted"

    FINAL = (Result.ACCEPTED, Result.REJECTED)
    # More bodies were for it than against, and something follows from it.
    TO_CARRY_OUT = (Result.ACCEPTED, Result.CONDITIONAL)

    number = models.CharField(max_length=20, unique=True, help_text="DEC-2014-07")
    title = models.CharField(max_length=160)
    wording = models.TextField(max_length=4000)
    result = models.CharField(max_length=12, choices=Result.choices)
    decided_on = models.DateField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(
        "MeetingItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions",
        help_text="Of that meeting’s agenda, where it was decided under one",
    )  # fmt: skip
    basis = models.TextField(max_length=2000, blank=True, help_text="What the decision rests on")
    dissent = models.TextField(max_length=2000, blank=True, help_text="What those against it wished to have minuted")
    conditions = models.TextField(max_length=2000, blank=True)
    conditions_met_on = models.DateField(null=True, blank=True)
    conditions_met_words = models.CharField(max_length=300, blank=True, help_text="What shows that they are met")
    # The sums of its stands, written with them under the lock of the roster.
    votes_for = models.PositiveSmallIntegerField(default=0, editable=False)
    votes_against = models.PositiveSmallIntegerField(default=0, editable=False)
    abstentions = models.PositiveSmallIntegerField(default=0, editable=False)
    quorum = models.PositiveSmallIntegerField(
        default=QUORUM, editable=False, help_text="How many bodies had to take part, by the terms of that day"
    )
    shown_hash = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the business case as it was when it was decided"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True, blank=True, help_text="When it is looked at again; empty once it was")
    reviewed_on = models.DateField(null=True, blank=True, help_text="When it was last looked at again")
    review_wording = models.TextField(max_length=2000, blank=True)
    implemented_on = models.DateField(null=True, blank=True)
    implemented_by = models.CharField(max_length=120, blank=True, help_text="Who carried it out")
    implemented_words = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        subject="recorded_by",
        named="implemented_by",
        personal={
            "recorded_by": Personal(
                "Who minuted it",
                "So that it can be accounted for",
                "People who are signed in",
                "As long as the decision; the name goes when the account is closed",
            ),
            "implemented_by": Personal(
                "Who carried it out: a body, or a person by name",
                "So that it can be accounted for",
                "Everybody",
                "As long as the decision; the name goes when the account is closed",
            ),
        },
        impersonal=(
            "number", "title", "wording", "basis", "dissent", "conditions", "conditions_met_words", "shown_hash",
            "review_wording", "implemented_words", "source",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["-decided_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result__in=["accepted", "conditional"]) | Q(votes_for__gt=F("votes_against")),
                name="an_accepted_decision_had_more_for_than_against",
            ),
            models.CheckConstraint(
                condition=Q(result="noted") | Q(quorum__lte=F("votes_for") + F("votes_against") + F("abstentions")),
                name="a_decision_had_its_quorum",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None, review_wording="")
                | (Q(reviewed_on__isnull=False) & ~Q(review_wording="")),
                name="a_review_says_when_and_what",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | Q(review_on=None) | Q(review_on__gt=F("reviewed_on")),
                name="the_next_review_comes_after_the_last",
            ),
            one_subject_at_most("a_decision_is_about_one_record"),
            models.UniqueConstraint(
                fields=["business_case"],
                condition=Q(result__in=["accepted", "rejected"]),
                name="a_business_case_is_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(result="conditional") & ~Q(conditions="")
                | ~Q(result="conditional") & Q(conditions="", conditions_met_on=None),
                name="conditions_are_those_of_a_conditional_decision",
            ),
            models.CheckConstraint(
                condition=Q(conditions_met_on=None, conditions_met_words="")
                | (Q(conditions_met_on__isnull=False) & ~Q(conditions_met_words="")),
                name="conditions_that_are_met_say_what_shows_it",
            ),
            models.CheckConstraint(
                condition=Q(implemented_on=None, implemented_by="")
                | (Q(implemented_on__isnull=False) & ~Q(implemented_by="")),
                name="what_was_carried_out_says_when_and_by_whom",
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
    def figures(self) -> str:
        """How the bodies stood, in words: `7 for, 0 against, 2 abstained`."""
        return f"{self.votes_for} for, {self.votes_against} against, {self.abstentions} abstained"

    @property
    def waits_for_conditions(self) -> bool:
        """Whether it accepts on conditions that are not met yet."""
        return self.result == self.Result.CONDITIONAL and self.conditions_met_on is None

    @property
    def launched_on(self) -> dt.date | None:
        """The day of the launch by which an accepted business case is carried out; None before it."""
        day = self.business_case.project.launched_on if self.business_case else None
        return day if day and day >= self.decided_on and self.result in self.TO_CARRY_OUT else None

    @property
    def is_to_implement(self) -> bool:
        """Whether it asks for something that nobody has carried out yet, as `decisions_not_implemented` says it."""
        if self.result not in self.TO_CARRY_OUT or self.implemented_on or self.launched_on:
            return False
        return not (
            self.waits_for_conditions
            and self.business_case
            and self.business_case.state != BusinessCase.State.SUBMITTED
        )

    @property
    def can_be_reviewed(self) -> bool:
        """Whether it is to be looked at again: a review is planned, or it was deferred and not looked at since."""
        return self.review_on is not None or (self.result == self.Result.DEFERRED and self.reviewed_on is None)

    @property
    def is_review_due(self) -> bool:
        return self.review_on is not None and self.review_on <= clock.today()


class DecisionOption(models.Model):
    """A way that the board weighed before it decided, and what spoke for it or against it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    note = models.TextField(max_length=1000, blank=True)
    is_chosen = models.BooleanField(default=False)

    privacy = Privacy(impersonal=("title", "note"))

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="options_of_a_decision_have_an_order"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(is_chosen=True), name="one_option_of_a_decision_is_chosen"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SeatStand(models.Model):
    """How one body stood on a decision; without a seat where only the numbers were written down."""

    class Stood(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINED = "abstained", "Abstained"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="stands")
    seat = models.ForeignKey(BoardSeat, on_delete=models.PROTECT, null=True, blank=True, related_name="stands")
    stood = models.CharField(max_length=10, choices=Stood.choices)
    note = models.CharField(max_length=300, blank=True, help_text="What the body wished to have written down")

    privacy = Privacy(impersonal=("note",))

    class Meta:
        ordering = ["seat__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "seat"], name="a_body_stands_once_on_a_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.seat or 'A body'}: {self.get_stood_display()}"
