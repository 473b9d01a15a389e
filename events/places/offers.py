"""The offer of a place to a colleague."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from core.signed_links import token_of
from core.words import moment_in_words
from events.event.models import Event
from events.places.models import SignUp


class PlaceOffer(models.Model):
    """A place offered to a colleague by e-mail. It stays with the giver until the colleague accepts."""

    class State(models.TextChoices):
        OPEN = "open", "Offered"
        ACCEPTED = "accepted", "Accepted"
        TAKEN_BACK = "taken_back", "Taken back"
        EXPIRED = "expired", "Run out"
        TO_AGREE = "to_agree", "Accepted, waits for the organiser"
        REFUSED = "refused", "Not agreed"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="offers")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_email = models.EmailField()
    offered_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who has accepted, while the organiser has not agreed yet",
    )

    # Those that keep the place from being offered to somebody else.
    LIVING = (State.OPEN, State.TO_AGREE)
    PURPOSE = "events.offer"  # what its address is signed for

    privacy = Privacy(
        rows="Places passed on",
        subject="giver",
        personal={
            "giver": Personal(
                "That you offered your place to a colleague",
                "So that the place can move when they accept",
                "You, your colleague, the organisers of the event, facilitators and the secretariat",
                "14 days after the event",
                OnErasure.DELETE_ROW,
            ),
            "colleague": Personal(
                "That you accepted the place of a colleague for whose council you do not come",
                "So that the organiser can agree",
                "Whoever offered the place, the organisers of the event, facilitators and the secretariat",
                "Until the organiser has decided, at most 14 days after the event",
            ),
            "to_email": Personal(
                "The address that a place was offered to",
                "To write to it, and so that nobody else can accept",
                "Whoever offered the place, the organisers of the event, facilitators and the secretariat",
                "14 days after the event",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(state__in=["open", "to_agree"]), name="one_open_offer_per_place"
            ),
            models.CheckConstraint(
                condition=Q(state="to_agree") | Q(colleague__isnull=True), name="a_colleague_waits_until_it_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place.event}: {self.get_state_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("events:offer", args=[token_of(self.PURPOSE, self.key)])

    @property
    def who_agrees(self) -> str:
        """That the organiser has to agree where the colleague does not come for the council of the place."""
        if council := self.place.organisation:
            return f"It counts for {council}: if you do not come for {council}, the organiser has to agree first."
        return "It counts for no council: if you are a member of one, the organiser has to agree first."

    @property
    def why_over(self) -> str:
        """Why it can no longer be accepted, as a sentence; empty while it can."""
        event = self.place.event
        if self.state == self.State.ACCEPTED:
            return "This place has been accepted."
        if gone := self.why_gone:
            return gone
        if self.state == self.State.TO_AGREE:
            return "This place has been accepted, and waits for the organiser to agree."
        if self.state == self.State.EXPIRED or self.expires_at <= event.now:
            return f"The offer ran out on {moment_in_words(self.expires_at)}."
        return ""

    @property
    def why_gone(self) -> str:
        """Why the place can no longer move to the colleague, whether or not they have accepted; empty while it can."""
        place, event = self.place, self.place.event
        if event.state == Event.State.CANCELLED:
            return "The event was cancelled."
        if self.state == self.State.REFUSED:
            return "The organiser of the event did not agree that this place goes to another council."
        if self.state == self.State.TAKEN_BACK or place.person_id != self.giver_id:
            return f"{self.giver} has taken the offer back."
        if place.status == SignUp.Status.CANCELLED:
            return f"{self.giver} no longer has this place."
        if place.checked_in_at:
            return f"{self.giver} has come after all."
        if event.has_started:
            return "The event has started."
        return ""
