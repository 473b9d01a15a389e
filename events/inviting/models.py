"""Invitations to events."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation
from events.event.models import Event


class Invitation(models.Model):
    """An invitation of one person, or one address, to an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    address = models.EmailField(blank=True, help_text="As it was typed; empty where a council's people were invited")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="Invitations to events",
        subject="person",
        personal={
            "person": Personal(
                "That you were invited to an event",
                "So that you hear of days your council has not come to, and of each once",
                "You, and those who run the event",
                "30 days after the event",
                OnErasure.DELETE_ROW,
            ),
            "address": Personal(
                "The address that an invitation was sent to",
                "So that nobody is invited twice",
                "Those who run the event",
                "30 days after the event",
                OnErasure.DELETE_ROW,
            ),
            "invited_by": Personal(
                "Who sent an invitation",
                "So that people can ask why they were invited",
                "Those who run the event",
                "30 days after the event",
            ),
        },
    )

    class Meta:
        ordering = ["-invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(address=""), name="an_invitation_goes_to_somebody"
            ),
            models.UniqueConstraint(
                fields=["event", "person"], condition=Q(person__isnull=False), name="a_person_is_invited_once"
            ),
            models.UniqueConstraint(
                fields=["event", "address"], condition=~Q(address=""), name="an_address_is_invited_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: invitation"
