"""A message from those who run an event to its people."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import Personal, Privacy
from events.event.models import Event


class EventMessage(models.Model):
    """What an organiser wrote to the people of an event: to whom, when, and how many it went to."""

    class Audience(models.TextChoices):
        PLACE = "place", "Everybody with a place"
        WAITING = "waiting", "Everybody on the waiting list"
        CAME = "came", "Everybody who came"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    subject = models.CharField(max_length=120)
    words = models.TextField(max_length=4000)
    at = models.DateTimeField(default=clock.now)
    people = models.PositiveIntegerField(help_text="How many it went to")

    privacy = Privacy(
        rows="Messages to the people of an event",
        subject="by",
        personal={
            "by": Personal(
                "That you wrote to the people of an event",
                "So that those who run it know what was said",
                "Those who run the event, and whoever got the message",
                "12 months after the event; without your name once you close your account",
            ),
            "words": Personal(
                "What you wrote to them",
                "So that those who run it know what was said",
                "Those who run the event, and whoever got the message",
                "12 months after the event",
            ),
            "subject": Personal(
                "What your message was about",
                "So that those who run it know what was said",
                "Those who run the event, and whoever got the message",
                "12 months after the event",
            ),
        },
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0) & ~Q(words=""), name="a_message_says_something_to_somebody"
            )
        ]

    def __str__(self) -> str:
        return self.subject
