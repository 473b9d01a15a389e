"""The secret address of somebody's own calendar."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from core.models import Recorded
from core.privacy import OnErasure, Personal, Privacy
from core.signed_links import token_of

PURPOSE = "events.own_calendar"


class OwnCalendar(Recorded):
    """The address at which a calendar program reads somebody's own places. None while they have turned it off."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_calendar")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    privacy = Privacy(
        rows="A calendar of your own days",
        subject="person",
        personal={
            "person": Personal(
                "That you have a calendar of your days, and its secret address",
                "So that your calendar program can read it without signing in",
                "You, and whoever you give the address",
                "Until you turn it off, or close your account",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    def __str__(self) -> str:
        return "A calendar of one’s own days"

    def get_absolute_url(self) -> str:
        # The key alone, as the database has it, opens nothing: the address carries its signature too.
        return reverse("events:own_calendar", args=[token_of(PURPOSE, self.key)])
