"""Pools: places of an event that are kept for some people until they are released."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from core.privacy import Privacy
from events.event.models import Event


class PoolQuerySet(models.QuerySet["Pool"]):
    def live_at(self, moment: dt.datetime) -> Self:
        """Those that still keep their places at `moment`."""
        return self.filter(Q(releases_at=None) | Q(releases_at__gt=moment))


class Pool(models.Model):
    """Places of one event that are kept for some: a quota. Once released, they are for anybody."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pools")
    name = models.CharField(max_length=60, help_text="For whom, as in “3 places left for districts”")
    # A list of `Organisation.Kind`; empty: of any organisation or none.
    organisation_kinds = models.JSONField(default=list, blank=True)
    places = models.PositiveIntegerField()
    # Kept under the event's lock, as the event's own counters are.
    taken = models.PositiveIntegerField(default=0, editable=False)
    releases_at = models.DateTimeField(null=True, blank=True, help_text="Empty: never")

    objects = PoolQuerySet.as_manager()

    privacy = Privacy(impersonal=("name", "organisation_kinds"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0), name="a_pool_has_a_place"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="a_pool_is_never_oversold"),
            models.UniqueConstraint(fields=["event", "name"], name="one_pool_of_a_name_per_event"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int:
        return self.places - self.taken

    def is_live(self, moment: dt.datetime) -> bool:
        """Whether it still keeps its places at `moment`."""
        return self.releases_at is None or self.releases_at > moment
