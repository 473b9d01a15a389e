"""Pools: places of an event that are kept for some people until they are released."""

import datetime as dt
from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import F, Q

from core.privacy import Privacy
from core.words import series
from councils.kinds import Kind as OrganisationKind
from councils.models import Organisation
from events.event.models import Event
from events.event.people import ParticipantKind


def is_live_at(moment: dt.datetime, path: str = "") -> Q:
    """The condition that a pool still keeps its places; `path` is the lookup path to it from another model."""
    return Q(**{f"{path}releases_at": None}) | Q(**{f"{path}releases_at__gt": moment})


class PoolQuerySet(models.QuerySet["Pool"]):
    def live_at(self, moment: dt.datetime) -> Self:
        """Those that still keep their places at `moment`."""
        return self.filter(is_live_at(moment))

    def for_nobody(self) -> Self:
        """Those that name neither a kind of organisation nor of people; there should be none."""
        return self.filter(organisation_kinds=[], participant_kinds=None)

    def with_kinds(self) -> Self:
        """The pools with the kinds of people that each is for, read in one more query."""
        return self.prefetch_related("participant_kinds")


class Pool(models.Model):
    """Places of one event that are kept for some: a quota. Once released, they are for anybody."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pools")
    name = models.CharField(max_length=60, help_text="For whom, as in “3 places left for districts”")
    # A list of `Organisation.Kind` and kinds of people of the same event, of both together at least one. Of a list that
    # is empty nothing is asked; who may have a place has to be of each of the others. That there is one is no
    # constraint, since kinds of people are rows of another table, which a check cannot read, and a row is there before
    # its links are: `events.places.operations.pools.keep_for` alone writes both, under the event's lock, and
    # `for_nobody` finds what has got past it.
    organisation_kinds = models.JSONField(default=list, blank=True)
    participant_kinds = models.ManyToManyField(ParticipantKind, blank=True, related_name="pools")
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
    def whom_words(self) -> str:
        """Who may have one of its places, as a sentence of the kinds they are of."""
        organisations = series((OrganisationKind(kind).label for kind in self.organisation_kinds), last="or")
        people = series((kind.name for kind in self.participant_kinds.all()), last="or")
        whom = [f"comes for: {organisations}"] if organisations else []
        whom += [f"comes as: {people}"] if people else []
        return f"For whoever {series(whom)}."

    @property
    def left(self) -> int:
        return self.places - self.taken

    @cached_property
    def kind_ids(self) -> frozenset[int]:
        """The keys of the kinds of people that it is for; empty where it is for any."""
        return frozenset(kind.pk for kind in self.participant_kinds.all())

    def is_for(self, organisation: Organisation | None, kind: ParticipantKind | None) -> bool:
        """Whether somebody who comes for `organisation`, as one of this `kind`, may have one of its places."""
        return self.is_for_organisation(organisation) and (
            not self.kind_ids or (kind is not None and kind.pk in self.kind_ids)
        )

    def is_for_organisation(self, organisation: Organisation | None) -> bool:
        """Whether somebody who comes for `organisation` may have one of its places, if they are of the right kind."""
        if not self.organisation_kinds:
            return True
        return organisation is not None and organisation.kind in self.organisation_kinds

    @property
    def whom(self) -> Q:
        """The condition that a sign-up may have one of its places."""
        who = Q(organisation__kind__in=self.organisation_kinds) if self.organisation_kinds else Q()
        return who & Q(kind__in=self.kind_ids) if self.kind_ids else who

    def is_live(self, moment: dt.datetime) -> bool:
        """Whether it still keeps its places at `moment`."""
        return self.releases_at is None or self.releases_at > moment
