import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core import clock
from core.models import Recorded
from core.privacy import OnErasure, Personal, Privacy
from councils.models.organisations import Organisation

ANSWERED_WITHIN = dt.timedelta(days=30)  # whether one still acts for an organisation


class Membership(Recorded):
    """One person's place in one organisation: asked for, confirmed by its lead or the secretariat, or ended."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", "Waiting to be confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        ENDED = "ended", "Ended"

    class Role(models.TextChoices):
        READER = "reader", "Reader"
        CONTRIBUTOR = "contributor", "Contributor: raises needs, registers assets, writes case studies"
        PUBLISHER = "publisher", "Publisher: publishes for the council"
        LEAD = "lead", "Lead: confirms members and adoptions, and publishes"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CONTRIBUTOR)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CANDIDATE)
    via_domain = models.CharField(
        max_length=120, blank=True, help_text="The domain of the verified address it rests on; empty: asked for by hand"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    affirmed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When its person last said that they still act here"
    )
    asked_to_affirm_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When they were asked; empty: it is not yet a year"
    )
    may_be_asked = models.BooleanField(
        default=False, help_text="They agreed to stand on the organisation's page as somebody to ask"
    )

    privacy = Privacy(
        subject="person",
        personal={
            "person": Personal(
                "Which organisation you belong to",
                "So that you can act for it",
                "People who are signed in",
                "Until you leave it or close your account",
                OnErasure.DELETE_ROW,
            ),
            "may_be_asked": Personal(
                "Whether you may be asked about your organisation, by name",
                "So that other councils know whom to ask. Only if you tick it",
                "People who are signed in, with your name and job title; never your address",
                "Until you untick it or leave the organisation",
                OnErasure.DELETE_ROW,
            ),
            "via_domain": Personal(
                "The part of your e-mail address after the @",
                "So that the right ends with the address",
                "The lead of the organisation and the secretariat",
                "As long as the membership",
            ),
            "decided_by": Personal(
                "Who confirmed it",
                "So that rights can be accounted for",
                "The secretariat",
                "As long as the membership",
            ),
        },
    )

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=~Q(state="ended"),
                name="one_living_membership_per_person_and_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.organisation}"

    @property
    def line(self) -> str:
        """The role in one word."""
        return self.get_role_display().partition(":")[0]

    @property
    def affirm_by(self) -> dt.date | None:
        """The last day on which its person may say that they still act here, once asked."""
        return timezone.localdate(self.asked_to_affirm_at + ANSWERED_WITHIN) if self.asked_to_affirm_at else None


class Enquiry(models.Model):
    """A question that a person sent to an organisation, or to one of its people, without seeing an address."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="enquiries")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enquiries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: whoever answers for the organisation",
    )
    about = models.CharField(max_length=200, help_text="Title of the record it is about; empty: the organisation")
    address = models.CharField(max_length=300, help_text="Its page, from the first slash")
    words = models.TextField(max_length=2000)
    asked_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        rows="Questions to organisations",
        subject="asker",
        impersonal=("about", "address"),
        personal={
            "asker": Personal(
                "That you asked an organisation something",
                "So that it can answer you",
                "Those it was sent to, who also see your e-mail address",
                "90 days",
                OnErasure.DELETE_ROW,
            ),
            "person": Personal(
                "That you were asked",
                "So that the question reaches you",
                "Nobody else",
                "90 days",
                OnErasure.CLEAR,
            ),
            "words": Personal(
                "What you asked",
                "So that it can be answered",
                "Those it was sent to",
                "90 days",
                OnErasure.DELETE_ROW,
            ),
        },
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name_plural = "enquiries"
        indexes = [models.Index(fields=["asker", "asked_at"])]

    def __str__(self) -> str:
        return f"Question to {self.organisation}"
