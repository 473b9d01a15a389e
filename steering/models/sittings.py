import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from core import clock
from core.models import Illustrative, Recorded
from core.privacy import Personal, Privacy
from core.words import day_in_words, time_in_words
from steering.models.roster import BoardSeat


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def held(self) -> Self:
        return self.filter(state=Meeting.State.HELD)

    def planned(self) -> Self:
        return self.filter(state=Meeting.State.PLANNED)


class Meeting(Recorded, Illustrative):
    """A meeting of the steering board: quarterly, at DCLG and the LGA by turns, the host in the chair."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    day = models.DateField(help_text="The day for which it is planned, or on which it was held")
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    host = models.ForeignKey(BoardSeat, on_delete=models.PROTECT, related_name="meetings_hosted")
    place = models.CharField(max_length=200)
    note = models.TextField(max_length=4000, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    privacy = Privacy(impersonal=("place", "note", "cancelled_because", "source"))

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=~Q(state="cancelled"), name="one_meeting_of_the_board_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""), name="a_cancelled_meeting_says_why"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"Steering board, {day_in_words(self.day)}"

    def get_absolute_url(self) -> str:
        return reverse("steering:meeting", args=[self.day.isoformat()])

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def weekday(self) -> str:
        return day_in_words(self.day, with_weekday=True).partition(" ")[0]

    @property
    def hours(self) -> str:
        """`14:00 to 16:00`, `from 14:00`; empty where they are not known."""
        if self.starts_at is None:
            return ""
        starts, ends = time_in_words(self.starts_at), time_in_words(self.ends_at)
        return f"{starts} to {ends}" if ends else f"from {starts}"

    @property
    def in_short(self) -> str:
        """`9 June 2015 at LGA, LGA in the chair`."""
        return f"{day_in_words(self.day)} at {self.host}, {self.host} in the chair"

    @property
    def has_begun(self) -> bool:
        """Whether its day, and the hour where that is known, has come in London."""
        begins = dt.datetime.combine(self.day, self.starts_at or dt.time.min, tzinfo=clock.LONDON)
        return begins <= clock.now()

    def present(self) -> QuerySet[BoardSeat]:
        """The seats whose body was there."""
        return BoardSeat.objects.filter(attendances__meeting=self, attendances__came=BodyAttendance.Came.PRESENT)


class MeetingMove(models.Model):
    """A day on which a meeting was to be held before it was moved: its old address leads to it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moves")
    day = models.DateField(db_index=True)
    moved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.meeting}, first planned for {day_in_words(self.day)}"


class BodyAttendance(models.Model):
    """How a body took part in a meeting: expected, present or not, and who came for it."""

    class Came(models.TextChoices):
        EXPECTED = "expected", "Has said it comes"
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(BoardSeat, on_delete=models.PROTECT, related_name="attendances")
    came = models.CharField(max_length=10, choices=Came.choices)
    person = models.CharField(max_length=120, blank=True, help_text="Who came for the body, by name")

    privacy = Privacy(
        named="person",
        personal={
            "person": Personal(
                "Who came to a meeting for a body, by name",
                "So that it is known who spoke for it",
                "The board, its secretariat and those who represent a body",
                "As long as the meeting; the name goes when the account is closed",
            )
        },
    )

    class Meta:
        ordering = ["seat__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="a_body_attends_a_meeting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_came_display()}"
