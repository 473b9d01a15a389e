"""Every message to a person, what people chose to be sent, and the addresses that take no mail."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core import clock
from core.privacy import OnErasure, Personal, Privacy


class Pace(models.TextChoices):
    """How often messages of a kind come to a person."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "In one message a day"
    WEEKLY = "weekly", "In one message a week"
    OFF = "off", "Never"


class Message(models.Model):
    """A message to one person: asked for in the transaction of a change, written and sent by the worker."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        IN_DIGEST = "in_digest", "Waiting for the person’s digest"
        HELD = "held", "Held, since the address takes no mail"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        NOT_NEEDED = "not_needed", "No longer true, so not sent"
        TURNED_OFF = "turned_off", "Turned off by its reader"
        FAILED = "failed", "Could not be sent"

    key = models.CharField(max_length=64, unique=True, help_text="Digest of kind, subject, reader and occasion")
    kind = models.CharField(max_length=80)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    address = models.EmailField(blank=True, help_text="Empty: the person’s own")
    language = models.CharField(max_length=12, default=settings.LANGUAGE_CODE)
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)

    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    next_try_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    unsure = models.PositiveSmallIntegerField(
        default=0, help_text="Tries of which nobody knows whether the mail server took the message"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    refusal = models.CharField(max_length=300, blank=True, help_text="What the mail server last said against it")
    digest = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts", help_text="That it came in"
    )

    privacy = Privacy(
        rows="Messages to you",
        subject="person",
        impersonal=("key", "kind", "language", "details", "claimed_by"),
        personal={
            "person": Personal(
                "That you were written to, and about what",
                "So that each message reaches you once",
                "The secretariat, without its words",
                "12 months",
                OnErasure.DELETE_ROW,
            ),
            "address": Personal(
                "The address it went to", "To send it", "The secretariat", "12 months", OnErasure.DELETE_ROW
            ),
            "subject": Personal("Its subject", "To send it", "Nobody else", "30 days", OnErasure.DELETE_ROW),
            "body": Personal("Its words", "To send it", "Nobody else", "30 days", OnErasure.DELETE_ROW),
            "refusal": Personal(
                "What the mail server said against it",
                "So that somebody finds out why you got no mail",
                "The secretariat",
                "12 months",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["next_try_at"], name="outbox_due", condition=Q(state__in=["waiting", "sending"])),
            models.Index(fields=["state", "asked_at"], name="outbox_state"),
            models.Index(fields=["asked_at"], name="outbox_asked_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(address=""), name="a_message_goes_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="only_a_message_that_was_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False), name="whoever_sends_has_claimed"
            ),
            models.CheckConstraint(condition=Q(unsure__lte=models.F("tries")), name="unsure_tries_are_tries"),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"

    @property
    def to(self) -> str:
        """The address it goes to."""
        return self.address or (self.person.email if self.person else "")

    @property
    def message_id(self) -> str:
        """The same at every try, so that whoever gets it twice can tell; short enough for one line."""
        return f"<{self.key[:32]}@{urlsplit(settings.BASE_URL).hostname}>"

    @property
    def age(self) -> dt.timedelta:
        """How long ago it could have been sent."""
        return clock.now() - self.not_before


class MessageChoice(models.Model):
    """How often a person wants messages of one kind."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="message_choices")
    kind = models.CharField(max_length=80)
    pace = models.CharField(max_length=8, choices=Pace.choices)
    chosen_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="What you chose to be sent",
        subject="person",
        impersonal=("kind",),
        personal={
            "person": Personal(
                "Which messages you want, and how often",
                "So that you get those and no others",
                "Nobody else",
                "Until you close your account",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_for_each_kind")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person}: {self.get_pace_display()}"


class PausedAddress(models.Model):
    """An address whose mail server said that it does not exist: nothing more is sent there until somebody says so."""

    address = models.EmailField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="paused_addresses"
    )
    since = models.DateTimeField(default=clock.now)
    words = models.CharField(max_length=300, blank=True, help_text="What the mail server said")

    privacy = Privacy(
        rows="Addresses that take no mail",
        subject="person",
        personal={
            "address": Personal(
                "An address of yours that takes no mail",
                "So that we do not go on writing to it",
                "You and the secretariat",
                "Until it takes mail again",
                OnErasure.DELETE_ROW,
            ),
            "person": Personal(
                "That it is yours", "So that we can tell you", "The secretariat", "As long", OnErasure.DELETE_ROW
            ),
            "words": Personal(
                "What its mail server said",
                "So that you can ask there",
                "You and the secretariat",
                "As long",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["-since"]
        verbose_name_plural = "paused addresses"
        constraints = [
            # Without an @ it is an address that was erased.
            models.UniqueConstraint(
                Lower("address"), condition=Q(address__contains="@"), name="an_address_is_paused_once"
            )
        ]

    def __str__(self) -> str:
        return self.address
