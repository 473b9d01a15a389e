import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.privacy import OnErasure, Personal, Privacy
from councils.models import Organisation

QUORUM = 5  # bodies for, against or abstaining, of those that have a seat on that day


class SeatQuerySet(models.QuerySet["BoardSeat"]):
    def as_at(self, day: dt.date | None = None) -> Self:
        """The seats of that day (today if none is given): the base of every vote of the board on it."""
        day = day or clock.today()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class BoardSeat(models.Model):
    """A body's seat on the steering board, from a day until another; a decision is counted by body, not by head."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="board_seats")
    side = models.CharField(max_length=10, choices=[("central", "Central government"), ("local", "Local government")])
    order = models.PositiveSmallIntegerField(help_text="Its place on the roster")
    since = models.DateField(default=clock.today, help_text="Its first day on the board")
    until = models.DateField(null=True, blank=True, help_text="Its last day on the board; empty while it sits there")
    representative = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="board_seat",
        help_text="Who votes for the body between meetings; empty while nobody does",
    )

    objects = SeatQuerySet.as_manager()

    privacy = Privacy(
        rows="Seats on the steering board",
        subject="representative",
        personal={
            "representative": Personal(
                "That you vote for a body on the steering board",
                "So that each body has one vote between meetings",
                "The board and its secretariat",
                "Until somebody else represents the body; the seat is empty once you close your account",
                OnErasure.CLEAR,
            )
        },
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(until=None), name="a_body_sits_on_the_board_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["order"], condition=Q(until=None), name="one_body_for_each_place"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_seat_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)

    @property
    def can_vote(self) -> bool:
        """Whether somebody with an open account votes for the body."""
        return self.representative is not None and self.representative.is_active

    def is_of(self, day: dt.date) -> bool:
        """Whether the body sat on the board on that day."""
        return self.since <= day and (self.until is None or self.until >= day)
