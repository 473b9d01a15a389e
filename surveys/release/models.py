"""What people wrote without a way back to anybody, its coding, and the frozen release of a wave."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.privacy import OnErasure, Personal, Privacy
from surveys.fieldwork.models import Fieldwork
from surveys.waves.models import AskedTable, ResultsRow


class WrittenAnswer(models.Model):
    """What one person wrote to one question: up to three texts of a top three, or one. No other answer leads to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.CASCADE, related_name="written_answers")
    question_key = models.SlugField(max_length=60)

    privacy = Privacy(rows="What people wrote in the annual survey")

    class Meta:
        verbose_name = "written answer to a survey"
        verbose_name_plural = "written answers to surveys"
        ordering = ["fieldwork", "question_key", "pk"]

    def __str__(self) -> str:
        return f"A written answer to {self.fieldwork.wave}"


class Mention(models.Model):
    """One text of a written answer, and the row of the table to which an analyst coded it."""

    answer = models.ForeignKey(WrittenAnswer, on_delete=models.CASCADE, related_name="mentions")
    position = models.PositiveSmallIntegerField(help_text="First, second or third of a top three")
    text = models.CharField(max_length=2000)
    row = models.ForeignKey(
        ResultsRow, on_delete=models.PROTECT, null=True, blank=True, related_name="mentions",
        help_text="What it was coded to; empty as long as nobody has",
    )  # fmt: skip
    coded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    privacy = Privacy(
        rows="Coding of what people wrote in the annual survey",
        subject="coded_by",
        personal={
            "text": Personal(
                "What somebody wrote in answer to a question, which may name people",
                "To count what was written by category",
                "The analysts",
                "Until the survey is published, a year after its close at most",
                OnErasure.KEEP,
            ),
            "coded_by": Personal(
                "That you coded a text to a category",
                "So that the other analyst can ask you about it",
                "The analysts",
                "As long as the text; without your name once you close your account",
            ),
        },
    )

    class Meta:
        ordering = ["answer", "position"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "position"], name="one_mention_of_a_rank_in_an_answer"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=3), name="a_mention_is_one_of_three"),
            models.CheckConstraint(condition=Q(row__isnull=True) | Q(coded_by__isnull=False), name="somebody_coded_it"),
        ]

    def __str__(self) -> str:
        return f"Mention {self.position}"


class CodingRule(models.Model):
    """By which rule the texts of a top three are coded to the rows of its table, as its page prints it."""

    asked = models.OneToOneField(AskedTable, on_delete=models.CASCADE, related_name="coding_rule")
    words = models.CharField("rule", max_length=1000)

    privacy = Privacy(impersonal=("words",))

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_coding_rule_says_something")]

    def __str__(self) -> str:
        return f"Coding of {self.asked}"


class SurveyRelease(models.Model):
    """All that a wave prints, computed once at its close and frozen; one analyst proposes it, another confirms it.

    Nobody's answers are kept beside it. What is coded of the texts is computed with each coding, and then read.
    """

    fieldwork = models.OneToOneField(Fieldwork, on_delete=models.PROTECT, related_name="release")
    computed_at = models.DateTimeField()
    frozen: Any = models.JSONField(help_text="Columns, parts and reasons, as surveys.disclosure gives them")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        rows="Releases of the annual survey",
        subject="proposed_by",
        personal={
            "proposed_by": Personal(
                "That you proposed the figures of a survey for publication",
                "So that somebody else confirms them",
                "The secretariat and the analysts",
                "As long as the text; without your name once you close your account",
            ),
            "confirmed_by": Personal(
                "That you confirmed the figures of a survey",
                "So that it is known that two people looked",
                "The secretariat and the analysts",
                "As long as the text; without your name once you close your account",
            ),
        },
        impersonal=("frozen",),
    )

    class Meta:
        verbose_name = "release of a survey"
        verbose_name_plural = "releases of surveys"
        ordering = ["-computed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True, proposed_at__isnull=True)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="who_proposed_a_release_and_when",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, proposed_by__isnull=False),
                name="who_confirmed_a_release_and_when",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="two_people_publish_a_survey",
            ),
        ]

    def __str__(self) -> str:
        return f"Release of {self.fieldwork.wave}"

    @property
    def is_published(self) -> bool:
        return self.confirmed_at is not None
