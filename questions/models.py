"""Sets of questions, and the sheets on which people answer them."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.privacy import OnErasure, Personal, Privacy

Choices = list[list[str]]  # pairs of a stable key and its words, as JSON holds them


class QuestionSet(models.Model):
    """The questions that are asked together, for example when people sign up for an event.

    Whoever owns it (an event, a survey) points at it and says who may change it.
    """

    title = models.CharField(max_length=200)
    is_sealed = models.BooleanField(
        default=False, help_text="Drafts are encrypted, and no answer is kept here once it is handed in"
    )
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="Of a sealed set: when answers began")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="No answer is taken from then on")

    privacy = Privacy(impersonal=("title",))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(is_sealed=False) | Q(opened_at__isnull=False),
                name="a_sealed_set_closes_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> Self:
        """Those that are still asked."""
        return self.filter(archived_at=None)


class Question(models.Model):
    """One question of a set. Its key and the keys of its answers never change, so that two years can be compared."""

    class Kind(models.TextChoices):
        TEXT = "text", "One line of text"
        LONG_TEXT = "long_text", "Several lines of text"
        ONE = "one", "One of several answers"
        SEVERAL = "several", "Any of several answers"
        YES_NO = "yes_no", "Yes, no or don’t know"
        MATRIX = "matrix", "Statements, each with the same scale"
        NUMBER = "number", "A number"
        TOP_THREE = "top_three", "A top three"
        DATE = "date", "A date"

    class SeenBy(models.TextChoices):
        NAMED = "named", "Those who run it, with names"
        TOTALS = "totals", "Those who run it, only as totals"

    WRITTEN = (Kind.TEXT, Kind.LONG_TEXT)  # answered in people's own words
    YES_NO_CHOICES = (("yes", "Yes"), ("no", "No"), ("unknown", "Don’t know"))

    set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=60, help_text="Stays the same for ever")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField("question", max_length=300)
    help = models.CharField("hint", max_length=500, blank=True)
    is_required = models.BooleanField("must be answered", default=False)
    options = models.JSONField("answers to choose from", default=list, blank=True)
    rows = models.JSONField("statements", default=list, blank=True)
    scale = models.JSONField(default=list, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField("digits after the point", default=0)
    least = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    most = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    shown_if = models.SlugField(max_length=60, blank=True, help_text="Key of an earlier question of the set")
    shown_if_values = models.JSONField(default=list, blank=True, help_text="Its answers of which one must be given")
    seen_by = models.CharField("who may see the answers", max_length=10, choices=SeenBy.choices, default=SeenBy.NAMED)
    kept_days = models.PositiveSmallIntegerField("days for which answers are kept", default=60)
    position = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, help_text="Not asked any more; its answers stay")

    objects = QuestionQuerySet.as_manager()

    privacy = Privacy(
        impersonal=("words", "help", "options", "rows", "scale", "unit", "shown_if_values"),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["set", "key"], name="one_question_per_key"),
            models.CheckConstraint(condition=Q(kept_days__gt=0), name="answers_are_kept_for_a_while"),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="a_number_has_room_between_its_bounds",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="a_number_has_four_decimals_at_most"),
            models.CheckConstraint(condition=~Q(shown_if=F("key")), name="no_question_waits_for_itself"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_written(self) -> bool:
        """Whether people answer in their own words, of which there are no totals."""
        return self.kind in self.WRITTEN or (self.kind == self.Kind.TOP_THREE and not self.options)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The answers it offers, as keys and words; none for a kind that offers none."""
        if self.kind == self.Kind.YES_NO:
            return list(self.YES_NO_CHOICES)
        return [(key, words) for key, words in self.options]


class AnswerSheet(models.Model):
    """What one person, or whoever has its secret link, answered to a set of questions. Skipped answers are absent."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        HANDED_IN = "handed_in", "Handed in"

    set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="sheets")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Of its secret link")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    saved_at = models.DateTimeField(default=clock.now)
    answers: Any = models.JSONField(null=True, blank=True, help_text="By the keys of the questions")
    sealed = models.BinaryField(null=True, editable=False, help_text="An encrypted draft")

    privacy = Privacy(
        rows="Your answers to questions, for example when you signed up for an event",
        subject="person",
        personal={
            "person": Personal(
                "Which questions you have answered",
                "So that you can go on with them on another device, and change them",
                "You",
                "As long as any of your answers",
                OnErasure.DELETE_ROW,
            ),
            "answers": Personal(
                "What you answered to questions that an organiser asked",
                "For what the organiser says beside the questions",
                "You, and those who run it: with your name or only as totals, as it says beside each question",
                "For as many days as it says beside each question",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["set", "person"], condition=Q(person__isnull=False), name="one_sheet_per_person_and_set"
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True, answers__isnull=False)
                | Q(sealed__isnull=False, answers__isnull=True, state="draft"),
                name="answers_are_plain_or_a_sealed_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.set}: {self.get_state_display().lower()}"
