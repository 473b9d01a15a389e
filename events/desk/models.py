"""What the desk writes down: who came, left, or was noted by mistake."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from audit.models import AppendOnly
from core import clock
from core.privacy import Personal, Privacy
from events.event import keeping
from events.event.models import Event
from events.places.models import SignUp

ONLINE = "online"  # the desk of those who joined online: they check themselves in


class DeskMarkQuerySet(models.QuerySet["DeskMark"]):
    def forget_who_kept_the_desk(self) -> int:
        """Take off who made each mark, at which desk and from which press of a phone; of how many marks.

        The one change that a mark may have, and only of events whose names are due. What happened and when stays.
        """
        due = self.filter(event__in=keeping.NAMES.over)
        marks = models.QuerySet(DeskMark).filter(pk__in=list(due.values_list("pk", flat=True)))
        found = list(marks.only("pk"))
        for mark in found:
            mark.by, mark.desk, mark.client_id = None, "", uuid.uuid4()
        marks.bulk_update(found, ["by", "desk", "client_id"], batch_size=500)
        return len(found)

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class DeskMark(models.Model):
    """One line of an event's attendance: somebody came, left, or was checked in by mistake.

    Marks are added, never changed or removed, but for the names that go after 12 months. Who is in the room is derived
    from them (`events.desk.deriving`).
    """

    class What(models.TextChoices):
        IN = "in", "Came"
        OUT = "out", "Left"
        UNDO = "undo", "Had not come"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="marks")
    sign_up = models.ForeignKey(SignUp, on_delete=models.PROTECT, related_name="marks")
    what = models.CharField(max_length=4, choices=What.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: told history, or noted before the desk kept marks",
    )
    desk = models.CharField(max_length=10, blank=True, help_text="1, 2 and so on by phone, or online")
    client_id = models.UUIDField(
        default=uuid.uuid4, help_text="Made by the phone, so that a mark sent twice counts once"
    )
    at = models.DateTimeField(help_text="When it was pressed, by the desk’s own clock set right")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = DeskMarkQuerySet.as_manager()

    privacy = Privacy(
        rows="Marks of the desk",
        subject="by",
        personal={
            "by": Personal(
                "Whom you checked in at an event, or that you joined it online",
                "So that it can be told which desk noted what",
                "The event’s organisers, facilitators and the secretariat",
                "12 months after the event; without your name also once you close your account",
            ),
        },
        impersonal=("desk",),
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "client_id"], name="one_mark_per_press")]
        indexes = [models.Index(fields=["sign_up", "at"])]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_what_display().lower()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly
