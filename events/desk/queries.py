"""Reads for the desk: who is here, who is expected and who waits."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from events.desk.models import DeskMark
from events.event.models import Event
from events.places.codes import as_code
from events.places.models import SignUp, is_living
from projects.models import Prototype

WAITS = Q(status=SignUp.Status.WAITING) | Q(is_over_capacity=True)
BY_NAME = ("person__name", "position")


@dataclass(frozen=True)
class DeskCount:
    """The sizes of the three groups: `expected` have a place and are not here, `waiting` have none.

    Of those who wait, so many are `without` a place in the room already; all others are on the waiting list.
    """

    here: int
    expected: int
    waiting: int
    without: int


def desk_count(event: Event) -> DeskCount:
    """How many are in each group, in one query."""
    is_here, has_place = Q(checked_in_at__isnull=False), Q(status=SignUp.Status.CONFIRMED)
    return DeskCount(
        **event.sign_ups.aggregate(
            here=Count("pk", filter=is_here),
            expected=Count("pk", filter=has_place & ~is_here),
            waiting=Count("pk", filter=WAITS),
            without=Count("pk", filter=Q(is_over_capacity=True)),
        )
    )


def unlike_their_marks() -> QuerySet[SignUp]:
    """The places that say another moment of coming than their marks do; there should be none."""
    marks = DeskMark.objects.filter(sign_up=OuterRef("pk"), what=DeskMark.What.IN)
    undone = DeskMark.objects.filter(sign_up=OuterRef("sign_up"), what=DeskMark.What.UNDO, at__gte=OuterRef("at"))
    came = Subquery(marks.filter(~Exists(undone)).order_by("at").values("at")[:1])
    places = SignUp.objects.annotate(came_at=came)
    return places.exclude(came_at=F("checked_in_at")).exclude(came_at=None, checked_in_at=None)


def released_places(event: Event) -> list[SignUp]:
    """The released places that can be brought back, by their order: one of each person who has not signed up again."""
    signed_up_again = event.sign_ups.living().filter(released_at=None, person__isnull=False).values("person")
    released = event.sign_ups.named().filter(released_at__isnull=False).exclude(person__in=signed_up_again)
    # Of somebody released twice, the place with which they are here, else the last.
    by_person = {place.person_id: place for place in released.order_by(F("checked_in_at").asc(nulls_first=True), "pk")}
    return sorted(by_person.values(), key=lambda place: place.position)


def prototypes_to_run(event: Event) -> list[Prototype]:
    """The prototypes noted for an event; for a Co-Design Day also those of its discovery that no event has noted.

    Each has `is_here`: whether it is noted for this event. Read once for all lines of the event's page.
    """
    kept = event.__dict__
    if "_prototypes_to_run" not in kept:
        kept["_prototypes_to_run"] = _read_prototypes(event)
    return kept["_prototypes_to_run"]


def _read_prototypes(event: Event) -> list[Prototype]:
    noted = Event.prototypes.through.objects.filter(prototype=OuterRef("pk"))
    found = Prototype.objects.annotate(is_here=Exists(noted.filter(event=event)), is_noted=Exists(noted))
    to_run = Q(is_here=True)
    if event.kind == Event.Kind.CO_DESIGN_DAY:
        to_run |= Q(discovery=event.discovery_id, is_noted=False)
    return list(found.filter(to_run).select_related("outline").order_by("title")[:50])


GROUPS = ("here", "expected", "waiting")


def people_at_the_desk(event: Event, group: str) -> QuerySet[SignUp]:
    """The places of one group that have names: here by latest arrival, expected by name.

    Those waiting stand in the order in which they get a place: first who is in the room, then the waiting list.
    """
    places = event.sign_ups.named().select_related("person", "organisation", "kind")
    if group == "here":
        return places.filter(checked_in_at__isnull=False).order_by("-checked_in_at", "position")
    if group == "waiting":
        return places.filter(WAITS).order_by("-is_over_capacity", "checked_in_at", "position")
    return places.filter(status=SignUp.Status.CONFIRMED, checked_in_at=None).order_by(*BY_NAME)


def found_at_the_desk(event: Event, words: str) -> QuerySet[SignUp]:
    """The places with this code, or all these words in name, e-mail or organisation; who is not here comes first."""
    may_come = is_living() | Q(released_at__isnull=False)
    places = event.sign_ups.named().filter(may_come).select_related("person", "organisation", "kind")
    if code := as_code(words):
        return places.filter(code=code)
    for word in words.split()[:8]:
        about = Q(person__name__icontains=word) | Q(person__email__icontains=word)
        places = places.filter(about | Q(organisation__name__icontains=word))
    return places.order_by(F("checked_in_at").asc(nulls_first=True), *BY_NAME)
