"""Who speaks at an event: a name with a role and an organisation on a line of its agenda, and who says it is them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation
from events.event.models import AgendaItem


class Speaker(models.Model):
    """Somebody who speaks in one line of an agenda, named by those who run the event."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    organisation_name = models.CharField(max_length=160, blank=True, help_text="As it was typed")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The one meant"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Their account, by their own wish",
    )

    privacy = Privacy(
        rows="Talks that name you",
        subject="person",
        personal={
            "person": Personal(
                "That a speaker named on an agenda is you, if you said so and it was confirmed",
                "So that people find whom they heard",
                "Everyone: your name and role. Signed-in people: that you have an account here",
                "Until you take it off, or close your account",
                OnErasure.DELETE_ROW,
            ),
            "name": Personal(
                "Your name, role and organisation as a speaker",
                "So that people know whom they will hear",
                "Everyone",
                "As long as the event’s record, or until you ask for it to be taken off",
                OnErasure.DELETE_ROW,
            ),
            "role": Personal(
                "What you do, as the organiser wrote it",
                "So that people know whom they will hear",
                "Everyone",
                "As long as your name on the agenda",
                OnErasure.DELETE_ROW,
            ),
        },
        impersonal=("organisation_name",),
    )

    class Meta:
        ordering = ["item", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "order"], name="one_speaker_per_place_in_a_line"),
            models.CheckConstraint(condition=~Q(name=""), name="a_speaker_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SpeakerClaim(models.Model):
    """Somebody with a speaker's name says that it is them; public only once the organiser has confirmed it."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="claims")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="Talks that you said are yours",
        subject="person",
        personal={
            "person": Personal(
                "That you said a speaker named on an agenda is you",
                "So that those who run the event can confirm it",
                "You, the organisers of the event, facilitators and the secretariat",
                "Until they have answered, at most 12 months after the event",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["speaker", "person"], name="a_speaker_is_claimed_once_by_one")]

    def __str__(self) -> str:
        return f"{self.person} as {self.speaker}"
