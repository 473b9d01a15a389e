"""Savings that people found at an event, told so that somebody follows them up."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import Illustrative
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Service
from events.event.models import Event


class Lead(Illustrative):
    """A saving that somebody who was at an event tells of, for the Alliance to follow up.

    It belongs to no feedback form and no answer. Whoever does not want to be written to is not named in it.
    """

    class State(models.TextChoices):
        NEW = "new", "New"
        WRITTEN_TO = "written_to", "Written to"
        CLOSED = "closed", "Closed"

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="leads")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pounds = models.PositiveBigIntegerField("pounds a year, roughly", null=True, blank=True)
    words = models.TextField("what could be saved", max_length=1000)
    # Only whoever may be written to is named.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_on = models.DateField(default=clock.today, editable=False)  # a day: a moment would say when a form was sent
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    note = models.TextField(max_length=2000, blank=True, help_text="What came of it; only the secretariat sees it")
    revision = models.PositiveIntegerField(default=0, editable=False)

    privacy = Privacy(
        rows="Savings you told us of",
        subject="person",
        personal={
            "person": Personal(
                "That you told of a saving and may be written to about it",
                "To ask you about it and to help other councils save the same",
                "The secretariat",
                "12 months after the event; without your name once you close your account",
                OnErasure.CLEAR,
            ),
            "words": Personal(
                "What could be saved, in your words",
                "To find out how",
                "The secretariat",
                "With the event’s record, without your name after 12 months",
            ),
            "note": Personal(
                "What came of it",
                "To remember what was said",
                "The secretariat",
                "12 months after the event",
                OnErasure.CLEAR,
            ),
        },
        impersonal=("source",),
    )

    class Meta:
        ordering = ["-told_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_lead_says_what_could_be_saved"),
            models.CheckConstraint(condition=Q(pounds__isnull=True) | Q(pounds__gt=0), name="a_lead_saves_something"),
        ]
        indexes = [models.Index(fields=["state", "told_on"], name="lead_queue")]

    def __str__(self) -> str:
        return f"A saving told of at {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("events:lead", args=[self.reference])

    @property
    def may_be_written_to(self) -> bool:
        return self.person_id is not None
