"""A place at an event, or in its queue, and the lines that say what happened in that queue."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.models import Recorded
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation
from events.event.models import Event
from events.event.people import ParticipantKind
from events.event.pools import Pool
from events.places.codes import PlaceCode


def is_living(path: str = "") -> Q:
    """The condition that a place has not been given back; `path` is the lookup path to it from another model."""
    return ~Q(**{f"{path}status": "cancelled"})


def was_there(path: str = "") -> Q:
    """The condition that its holder was there; `path` is the lookup path to the place from another model."""
    return Q(**{f"{path}checked_in_at__isnull": False})


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def living(self) -> Self:
        """Places and places in a queue that have not been given back."""
        return self.filter(is_living())

    def named(self) -> Self:
        """Those whose holder's name is still held."""
        return self.filter(person__isnull=False)

    def seated(self) -> Self:
        """Those that count as places taken: confirmed, offered to whoever waited, or held for an address."""
        return self.filter(status__in=SignUp.SEATED, is_over_capacity=False)


class SignUp(Recorded):
    """One person's place at one event, or their place in its queue."""

    class Status(models.TextChoices):
        HELD = "held", "Held until you confirm your address"
        OFFERED = "offered", "A place is offered to you"
        CONFIRMED = "confirmed", "You have a place"
        WAITING = "waiting", "On the waiting list"
        CANCELLED = "cancelled", "Cancelled"

    class Ended(models.TextChoices):
        """Why a place is over."""

        GAVE_BACK = "gave_back", "Given back"
        DECLINED = "declined", "Offer declined"
        LAPSED = "lapsed", "Not taken in time"
        RELEASED = "released", "Released at the desk"

    class Reminder(models.TextChoices):
        WEEK = "week", "A week before"
        DAY = "day", "A day before"

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sign_ups")
    code = PlaceCode(max_length=14, blank=True, editable=False, help_text="Short, to be read out at the desk")
    # Empty once the event has been over for a year: the row stays for the counts, without a name.
    # To the type checker it is always there: whatever acts on a place finds it while it has a name.
    person: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="sign_ups"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_ups"
    )
    kind = models.ForeignKey(
        ParticipantKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sign_ups",
        help_text="Empty: somebody else",
    )
    status = models.CharField(max_length=10, choices=Status.choices)
    position = models.PositiveIntegerField(help_text="Order of signing up, by event")
    signed_up_at = models.DateTimeField(default=clock.now)
    promoted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=Ended.choices, blank=True, editable=False)
    lapses_at = models.DateTimeField(null=True, blank=True, help_text="When a held or offered place ends by itself")
    pool = models.ForeignKey(Pool, on_delete=models.SET_NULL, null=True, blank=True, related_name="sign_ups")
    # Both derived from the marks of the desk, under the lock of the event.
    checked_in_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the desk gave it up, as they had not come"
    )
    is_let_in = models.BooleanField(
        default=False, editable=False, help_text="Came without a place of their own: those get free ones as they came"
    )
    is_over_capacity = models.BooleanField(
        default=False, editable=False, help_text="Let in when every place was taken; counts in no place"
    )
    access_needs = models.TextField(max_length=1000, blank=True)
    diet = models.CharField(max_length=300, blank=True)
    is_listed = models.BooleanField("show my name to others who are coming", default=False)
    last_reminder = models.CharField(max_length=4, choices=Reminder.choices, blank=True, editable=False)
    # Whether a form was given, as the mark in the event's round says while it is kept; never when.
    has_given_feedback = models.BooleanField(default=False, editable=False)
    # Kept as names go, so that the different people of a year can still be counted.
    came_before = models.BooleanField(
        default=False,
        editable=False,
        help_text="Whether they had been at an earlier event of the year, of which the one or the other has no names",
    )
    came_before_in_stream = models.BooleanField(
        default=False, editable=False, help_text="The same of events of the same stream"
    )
    came_before_of_type = models.BooleanField(
        default=False, editable=False, help_text="The same of coming for an organisation of the same type"
    )
    came_before_in_region = models.BooleanField(
        default=False, editable=False, help_text="The same of coming for a council of the same region"
    )

    objects = SignUpQuerySet.as_manager()

    privacy = Privacy(
        rows="Places at events",
        subject="person",
        personal={
            "person": Personal(
                "Which events you signed up for and went to, and whether you gave feedback, not what you answered",
                "To run the event",
                "You, its organisers, facilitators and the secretariat",
                "12 months after the event, then only that somebody of your council and your kind came; without your "
                "name also once you close your account. If you only waited: 30 days after the event",
            ),
            "access_needs": Personal(
                "What you need to take part",
                "To run the event so that you can",
                "The event’s organisers, facilitators and the secretariat",
                "14 days after the event",
                OnErasure.CLEAR,
                is_special=True,
            ),
            "diet": Personal(
                "What you eat and what not",
                "To order the food",
                "The event’s organisers, facilitators and the secretariat",
                "14 days after the event",
                OnErasure.CLEAR,
                is_special=True,
            ),
        },
        impersonal=("code",),
    )

    SEATED = (Status.HELD, Status.OFFERED, Status.CONFIRMED)
    # A place that ends by itself unless its holder does something.
    PENDING = (Status.HELD, Status.OFFERED)

    # What is asked of everybody who needs it, and kept as short as it can be: one rule for all of it.
    HEALTH = ("access_needs", "diet")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="one_sign_up_per_position"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=is_living(),
                name="one_living_sign_up_per_person",
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at__isnull=True) | Q(status="confirmed"),
                name="only_confirmed_people_check_in",
            ),
            models.UniqueConstraint(fields=["event", "code"], name="one_place_per_code"),
            models.CheckConstraint(
                condition=Q(is_over_capacity=False) | Q(checked_in_at__isnull=False),
                name="only_who_is_there_is_over_the_capacity",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False)
                | Q(status__in=["confirmed", "cancelled"], is_listed=False, access_needs="", diet=""),
                name="a_place_without_a_name_tells_nothing_of_anybody",
            ),
            models.CheckConstraint(
                condition=Q(is_let_in=False) | Q(checked_in_at__isnull=False), name="only_who_is_there_was_let_in"
            ),
            models.CheckConstraint(
                condition=Q(is_over_capacity=False) | Q(is_let_in=True), name="only_who_was_let_in_is_over_the_capacity"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(checked_in_at__lte=F("left_at")),
                name="nobody_leaves_before_they_came",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["held", "offered"], lapses_at__isnull=False)
                | (~Q(status__in=["held", "offered"]) & Q(lapses_at__isnull=True)),
                name="held_and_offered_places_lapse_and_no_other",
            ),
            models.CheckConstraint(
                condition=(Q(status="cancelled") & ~Q(ended_because=""))
                | (~Q(status="cancelled") & Q(ended_because="")),
                name="what_is_over_says_why",
            ),
            models.CheckConstraint(
                condition=Q(pool__isnull=True) | Q(status__in=["held", "offered", "confirmed"], is_over_capacity=False),
                name="only_a_place_taken_is_of_a_pool",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "status", "position"]),
            models.Index(fields=["lapses_at"], name="place_lapses_at", condition=Q(lapses_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_status_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("events:sign_up_manage", args=[self.reference])

    def become_another(self) -> None:
        """Give it another reference, and as it is saved another code: whoever knew the old ones does not find it."""
        self.reference, self.code = uuid.uuid4(), ""

    @property
    def may_give_feedback(self) -> bool:
        """Whether its holder was there and has not given feedback yet, while the window is open."""
        return bool(self.checked_in_at) and not self.has_given_feedback and self.event.takes_feedback


class QueueLine(models.Model):
    """One line of what happened in an event's queue, and why: never changed."""

    class What(models.TextChoices):
        OFFERED = "offered", "Offered a place"
        PROMOTED = "promoted", "Given a place at once"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        LAPSED = "lapsed", "Let the offer run out"
        MOVED_BACK = "moved_back", "Moved back to the list"
        SKIPPED = "skipped", "Passed over"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="queue_lines")
    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="queue_lines")
    what = models.CharField(max_length=10, choices=What.choices)
    position = models.PositiveIntegerField(help_text="Of the sign-up, at that moment")
    passed_over = models.PositiveIntegerField(default=0, help_text="How many waited ahead and could not use the place")
    because = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    privacy = Privacy(impersonal=("because",))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed_over=0) | ~Q(because=""), name="whoever_is_passed_over_is_told_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_what_display().lower()}"
