"""Rounds of sealed answers, the marks of who has answered, and the answers while they are sealed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import Personal, Privacy


class Round(models.Model):
    """Something that people answer once each, in such a way that nobody can tell afterwards who answered what.

    While it is open each answer is locked with a public key, whose private half lies in the key folder. When it ends
    the key is destroyed.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed, its answers opened"
        VOID = "void", "Void, its answers never opened"

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    public_key = models.BinaryField(max_length=32)
    length = models.PositiveIntegerField(help_text="How many bytes every answer is filled up to")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    answers = models.PositiveIntegerField(null=True, help_text="How many were handed in, once it has ended")
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is void")
    has_key = models.BooleanField(default=True, help_text="Until its private key has been destroyed")

    KEY_PREFIX = "round-"

    privacy = Privacy(impersonal=("title", "reason"))

    class Meta:
        verbose_name = "round of sealed answers"
        verbose_name_plural = "rounds of sealed answers"
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, answers__isnull=True, has_key=True)
                | Q(state__in=["closed", "void"], ended_at__isnull=False, answers__isnull=False),
                name="a_round_has_ended_or_is_open",
            ),
            models.CheckConstraint(condition=Q(state="void") ^ Q(reason=""), name="a_void_round_alone_says_why"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def key_name(self) -> str:
        """The name of its private key in the key folder."""
        return f"{self.KEY_PREFIX}{self.reference}"


class Mark(models.Model):
    """That somebody has given their answer in a round; not when, and not which."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64, blank=True, help_text="Where no account stands for them: what does, digested")

    privacy = Privacy(
        rows="Sealed answers",
        subject="person",
        personal={
            "person": Personal(
                "That you gave answers which are kept sealed, not what you answered",
                "So that everybody answers once",
                "Nobody",
                "90 days after the answers were opened; without your name once you close your account",
            ),
        },
        impersonal=("key",),
    )

    class Meta:
        verbose_name = "mark of a sealed answer"
        verbose_name_plural = "marks of sealed answers"
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="a_person_answers_a_round_once"),
            models.UniqueConstraint(fields=["round", "key"], condition=~Q(key=""), name="a_key_answers_a_round_once"),
            models.CheckConstraint(condition=Q(person__isnull=True) ^ Q(key=""), name="a_mark_is_of_a_person_or_a_key"),
        ]

    def __str__(self) -> str:
        return f"An answer in {self.round}"


class Staged(models.Model):
    """One sealed answer of an open round. Beside it nothing says who gave it or when; it goes when the round ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="staged")
    box = models.BinaryField()
    receipt = models.CharField(
        max_length=64, blank=True, help_text="Digest of the receipt with which it can be taken back"
    )

    privacy = Privacy(impersonal=("receipt",))

    class Meta:
        verbose_name = "sealed answer"
        verbose_name_plural = "sealed answers"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "receipt"], condition=~Q(receipt=""), name="a_receipt_is_of_one_sealed_answer"
            )
        ]

    def __str__(self) -> str:
        return f"A sealed answer in {self.round}"
