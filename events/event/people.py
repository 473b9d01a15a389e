"""The kinds of people that an event wants in the room, and who may run it besides those who run every event."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from core.signed_links import token_of
from core.words import moment_in_words
from events.event.models import Event

# The kinds of people that a Co-Design Day needs, by key.
FOUR_KINDS = {
    "service_user": "Service user",
    "head_of_service": "Head of service",
    "policy_expert": "Policy expert",
    "developer": "Developer",
}
# What several of a kind are called, and how many places a Co-Design Day keeps for them unless it says otherwise.
QUOTAS = {
    "service_user": ("service users", 10),
    "head_of_service": ("heads of service", 10),
    "policy_expert": ("policy experts", 5),
    "developer": ("developers", 8),
}
GONE = "This kind of people is no longer one of the event’s. Choose another."
SOMEBODY_ELSE = "other"  # what forms call somebody of none of the kinds; no kind has this key


class ParticipantKind(models.Model):
    """A kind of people who come to one event, as its organiser names it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participant_kinds")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    is_needed = models.BooleanField("the event needs somebody of this kind", default=True)

    privacy = Privacy(impersonal=("name",))

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="one_kind_per_key"),
            models.UniqueConstraint("event", Lower("name"), name="one_kind_per_name"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="a_kind_of_people_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


INVITATION_LASTS = dt.timedelta(days=14)


class OrganiserQuerySet(models.QuerySet["Organiser"]):
    def accepted(self) -> Self:
        """Those who said yes; the others are invitations."""
        return self.filter(person__isnull=False)


class Organiser(models.Model):
    """Somebody who runs one event; until they accept, an invitation to an e-mail address."""

    PURPOSE = "events.organiser"  # what its address is signed for

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="organisers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="organises"
    )
    email = models.EmailField(blank=True, help_text="To which it was offered; empty once accepted")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, help_text="When it was offered")
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = OrganiserQuerySet.as_manager()

    privacy = Privacy(
        rows="Organisers of events",
        subject="person",
        personal={
            "person": Personal(
                "Which events you run",
                "So that you can run them",
                "You, the other organisers of the event, facilitators and the secretariat",
                "Until you stop running the event or close your account, at most 12 months after the event",
                OnErasure.DELETE_ROW,
            ),
            "email": Personal(
                "The address that was invited to run an event",
                "To write to it, and so that nobody else can accept",
                "The organisers of the event, facilitators and the secretariat",
                "Until the invitation is accepted or withdrawn, or the event is over",
                OnErasure.DELETE_ROW,
            ),
            "given_by": Personal(
                "That you asked somebody to run an event",
                "So that it is known who did",
                "The organisers of the event, facilitators and the secretariat",
                "As long as the organiser runs the event, at most 12 months after it",
            ),
        },
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_organiser_per_person"),
            models.UniqueConstraint(
                "event", Lower("email"), condition=~Q(email=""), name="one_organiser_per_invited_address"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, accepted_at__isnull=True) & ~Q(email="")
                | Q(person__isnull=False, accepted_at__isnull=False, email=""),
                name="an_organiser_is_a_person_or_an_invited_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.email}: {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("events:organiser", args=[token_of(self.PURPOSE, self.key)])

    @property
    def expires_at(self) -> dt.datetime:
        """When an invitation runs out."""
        return min(self.at + INVITATION_LASTS, self.event.ends_at)

    @property
    def why_over(self) -> str:
        """Why it can no longer be accepted, as a sentence; empty while it can."""
        if self.person_id:
            return "This invitation has been accepted."
        if self.event.state == Event.State.CANCELLED:
            return "The event was cancelled."
        if self.expires_at <= clock.now():
            return f"The invitation ran out on {moment_in_words(self.expires_at)}."
        return ""
