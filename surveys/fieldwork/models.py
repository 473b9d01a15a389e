"""The running of a wave here, and the invitations to it."""

import uuid
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation
from questions.models import AnswerSheet
from sealing.models import Round
from surveys.waves.models import Wave

NEVER_OPENED = "90 days after the day on which it was to, where it never opened"
KEPT = "90 days after the survey has closed, or was to where it never opened"
REMOVED = "[removed]"  # what an address becomes as its person is erased


class Fieldwork(models.Model):
    """The running of one wave: from its preparation to the day on which its answers were opened."""

    class State(models.TextChoices):
        PREPARED = "prepared", "Being prepared"
        OPEN = "open", "Open for answers"
        CLOSED = "closed", "Closed, its answers opened"
        VOID = "void", "Void, its answers never opened"

    BEFORE_CLOSE = (State.PREPARED, State.OPEN)

    wave = models.OneToOneField(Wave, on_delete=models.PROTECT, related_name="fieldwork")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    closes_at = models.DateTimeField(help_text="No answer is taken from then on")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    target_percent = models.PositiveSmallIntegerField(
        "councils of each type that should answer, per cent", default=30,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    plan: Any = models.JSONField(
        default=dict, blank=True, help_text="By the slug of each table that will be printed: its breakdowns"
    )
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Of the answers with a key"
    )
    void_reason = models.CharField(max_length=300, blank=True)
    nameless: Any = models.JSONField(
        default=dict, blank=True,
        help_text="By the key of an organisation: how many of its people handed in and closed their account since",
    )  # fmt: skip
    not_invited_again: Any = models.JSONField(
        default=list, blank=True,
        help_text="For each person who is invited and took an address out of their account, or handed in and closed "
        "it: the digest of the invited address, or nothing where the account is closed, then those of all their "
        "addresses. None once it ended",
    )  # fmt: skip
    invited = models.PositiveIntegerField(null=True, blank=True, help_text="How many people had been, as it ended")
    handed_in = models.PositiveIntegerField(null=True, blank=True, help_text="How many people had, as it ended")
    other_bodies = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many organisations that are no council had answered as it ended"
    )
    is_illustrative = models.BooleanField(default=False, help_text="Made up, to show how it works")

    privacy = Privacy(
        rows="Runnings of the annual survey",
        personal={
            "not_invited_again": Personal(
                "A code made from each address of your account, if you are asked to answer the annual survey and take "
                "an address out, or answer it and close your account",
                "So that everybody answers once: whoever is invited again is looked for by the same code",
                "Nobody. Who has the site’s secret key and its database could tell whether an address is among them",
                f"Until the survey closes; {NEVER_OPENED}",
            ),
        },
        coded="not_invited_again",
        impersonal=("plan", "void_reason", "nameless"),
    )

    class Meta:
        verbose_name = "running of a survey"
        verbose_name_plural = "runnings of surveys"
        ordering = ["-wave__year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="prepared", opened_at__isnull=True, closed_at__isnull=True, round__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True, round__isnull=False)
                | Q(state__in=["closed", "void"], opened_at__isnull=False, closed_at__isnull=False),
                name="a_survey_opens_then_closes",
            ),
            models.CheckConstraint(condition=Q(state="prepared") | ~Q(plan={}), name="a_survey_opens_with_a_plan"),
            models.CheckConstraint(condition=Q(state="void") ^ Q(void_reason=""), name="a_void_survey_alone_says_why"),
            models.CheckConstraint(
                condition=Q(target_percent__gte=1, target_percent__lte=100), name="a_survey_aims_at_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"Running of {self.wave}"

    @classmethod
    def number_coded(cls, addresses: Collection[str]) -> int:
        """In how many waves that have not ended a code of one of these addresses is kept."""
        from surveys.fieldwork.once import has_digest  # which stands on this module

        rows = cls.objects.filter(state__in=cls.BEFORE_CLOSE).exclude(not_invited_again=[])
        return sum(has_digest(each, addresses) for each in rows)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def number_nameless(self) -> int:
        """How many handed in whose invitation went with their account: they count, and nothing names them."""
        return sum(self.nameless.values())

    @property
    def has_ended(self) -> bool:
        """Whether it is closed or void: until then people can be invited."""
        return self.state not in self.BEFORE_CLOSE


class WrittenRound(models.Model):
    """The sealed texts that people write to one question, apart from all their other answers."""

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.CASCADE, related_name="written_rounds")
    question_key = models.SlugField(max_length=60)
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy()

    class Meta:
        verbose_name = "round of written answers"
        verbose_name_plural = "rounds of written answers"
        ordering = ["fieldwork", "question_key"]
        constraints = [
            models.UniqueConstraint(fields=["fieldwork", "question_key"], name="one_round_of_a_written_question")
        ]

    def __str__(self) -> str:
        return f"{self.fieldwork}: {self.question_key}"


class SurveyInvitation(models.Model):
    """One person who is asked to answer, by a link of their own: that they answered is known, what they answered not.

    The level is fixed here and copied into the sealed answer. The job title stays here, and goes at the close.
    """

    class State(models.TextChoices):
        INVITED = "invited", "Invited"
        BEGUN = "begun", "Begun"
        HANDED_IN = "handed_in", "Handed in"
        DECLINED = "declined", "Asked not to be reminded"

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="survey_invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    title = models.CharField("job title", max_length=120, blank=True)
    role = models.SlugField(max_length=60, blank=True, help_text="Of the questionnaire; suggests the level")
    level = models.PositiveSmallIntegerField(help_text="1 to 3, as at the hand-in")
    level_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="The analyst who set the level; empty where it is as suggested",
    )  # fmt: skip
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Of the person’s own link")
    sheet = models.OneToOneField(AnswerSheet, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.INVITED)
    invited_at = models.DateTimeField(null=True, blank=True, help_text="When the invitation was queued")
    handed_in_on = models.DateField(null=True, blank=True, help_text="The day alone, not the moment")
    reminded_on = models.DateField(null=True, blank=True)
    has_declined = models.BooleanField(
        default=False, help_text="Asked not to be reminded, which holds also once an answer is taken back"
    )

    privacy = Privacy(
        rows="Invitations to the annual survey",
        addressed="email",
        personal={
            "email": Personal(
                "The address at which you were asked to answer the annual survey",
                "To send you your own link, and one reminder. It is compared with the other addresses of your account, "
                "so that everybody answers once. If you close your account, what you handed in stays and can no longer "
                "be taken back: take it back first. A code made from each of your addresses stays until the survey "
                "closes, also where you take one out of your account",
                "The secretariat and the analysts",
                KEPT,
                OnErasure.DELETE_ROW,
            ),
            "name": Personal(
                "Your name, as the secretariat entered it",
                "To address you in the invitation",
                "The secretariat and the analysts",
                KEPT,
                OnErasure.DELETE_ROW,
            ),
            "title": Personal(
                "Your job title, as the secretariat entered it",
                "To suggest the level by which answers are compared; it is never kept with an answer",
                "The secretariat and the analysts",
                f"Until the survey closes; {NEVER_OPENED}",
                OnErasure.DELETE_ROW,
            ),
            "level_set_by": Personal(
                "That you set the level of somebody who is asked",
                "So that the other analyst sees what was decided by hand",
                "The secretariat and the analysts",
                KEPT,
            ),
        },
    )

    class Meta:
        verbose_name = "invitation to a survey"
        verbose_name_plural = "invitations to surveys"
        ordering = ["fieldwork", "organisation__name", "email"]
        constraints = [
            models.UniqueConstraint(
                fields=["fieldwork", "email"],
                condition=~Q(email=REMOVED),  # of several people who closed their accounts
                name="an_address_is_invited_to_a_survey_once",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="an_invited_address_is_small"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="a_level_is_one_to_three"),
            models.CheckConstraint(
                condition=Q(state="handed_in", handed_in_on__isnull=False)
                | (~Q(state="handed_in") & Q(handed_in_on__isnull=True)),
                name="who_has_handed_in_did_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} for {self.organisation}"
