"""The coverage radar: which councils have come so far, by type and region, and who is invited."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from core.counting import count_of
from councils.kinds import REGIONS, Kind, many_in_words
from councils.models import Membership, Organisation, counted_with, take_overs
from events.event.models import Event
from events.inviting.models import Invitation
from events.places.models import SignUp

# The columns of the radar. City of London is counted with the boroughs; outside England there is one tier.
TYPES: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "county": ("County", (Kind.COUNTY,)),
    "district": ("District", (Kind.DISTRICT,)),
    "unitary": ("Unitary", (Kind.UNITARY,)),
    "metropolitan": ("Metro", (Kind.METROPOLITAN,)),
    "london": ("London", (Kind.LONDON, Kind.CITY)),
    "nation": ("Nation", (Kind.SCOTTISH, Kind.WELSH, Kind.NORTHERN_IRISH)),
}
_TYPE_OF = {kind: key for key, (_, kinds) in TYPES.items() for kind in kinds}


@dataclass(frozen=True)
class Scope:
    """The days of which attendance is counted, and what they are in words."""

    key: str
    words: str
    days: QuerySet[Event]

    @cached_property
    def held(self) -> int:
        return self.days.count()


def scopes_of(event: Event) -> dict[str, Scope]:
    """The days of the event's discovery, if it has one, and those of its stream."""
    held = Event.objects.held().exclude(pk=event.pk)
    stream = Scope("stream", f"the {event.get_stream_display()} stream", held.filter(stream=event.stream))
    if event.discovery is None:
        return {"stream": stream}
    words = f"the discovery “{event.discovery}”"
    return {"discovery": Scope("discovery", words, held.filter(discovery=event.discovery)), "stream": stream}


@dataclass(frozen=True)
class Cell:
    """The councils of one type in one region that are in force on the day, and how many of them have come."""

    key: str
    kind: str
    region: str
    councils: int
    came: int

    @property
    def words(self) -> str:
        """Districts in the North East; in a nation: councils in Wales."""
        many = "councils" if self.kind == "nation" else many_in_words(TYPES[self.kind][1][0])
        return f"{many[0].upper()}{many[1:]}, {self.region}"


def councils_with(event: Event, scope: Scope) -> QuerySet[Any]:
    """The councils in force on the day, each with `has_come` (it, or one that it took over whole), `is_coming` and
    `is_invited` to this event, and `people`: how many leads and contacts have an account."""
    day = timezone.localdate(event.starts_at)
    there = SignUp.objects.filter(event__in=scope.days, checked_in_at__isnull=False)
    came = counted_with(there.order_by().values_list("organisation", flat=True).distinct(), take_overs(day))
    coming = SignUp.objects.living().filter(event=event, organisation=OuterRef("pk"))
    councils = Organisation.objects.in_force(day).councils()
    return councils.annotate(
        has_come=Case(When(pk__in=came, then=True), default=False),
        is_coming=Exists(coming),
        is_invited=Exists(Invitation.objects.filter(event=event, organisation=OuterRef("pk"))),
        people=count_of(_askable().filter(organisation=OuterRef("pk"))),
    ).order_by("name", "pk")


def _askable() -> QuerySet[Membership]:
    """The memberships of leads, and of those who agreed to be asked about their organisation."""
    confirmed = Membership.objects.filter(state=Membership.State.CONFIRMED, person__is_active=True)
    return confirmed.filter(Q(role=Membership.Role.LEAD) | Q(may_be_asked=True))


def who_is_written_to(councils: Iterable[Organisation]) -> list[tuple[User, Organisation]]:
    """The leads and contacts of these councils with the council of each; a person once."""
    found: dict[int, tuple[User, Organisation]] = {}
    rows = _askable().filter(organisation__in=list(councils)).select_related("person", "organisation")
    for row in rows.order_by("organisation__name", "person__name", "pk"):
        found.setdefault(row.person_id, (row.person, row.organisation))
    return list(found.values())


def cells_of(event: Event, scope: Scope) -> list[Cell]:
    """Every cell in which there are councils; empty ones first, those with the most councils on top."""
    counted: dict[tuple[str, str], list[int]] = {}
    for kind, region, nation, has_come in councils_with(event, scope).values_list(
        "kind", "region", "nation", "has_come"
    ):
        numbers = counted.setdefault((_TYPE_OF[Kind(kind)], region or nation), [0, 0])
        numbers[0] += 1
        numbers[1] += has_come
    cells = [
        Cell(f"{kind}.{slugify(region)}", kind, region, councils, came)
        for (kind, region), (councils, came) in counted.items()
    ]
    return sorted(cells, key=lambda cell: (cell.came > 0, cell.came / cell.councils, -cell.councils, cell.words))


def regions_of(cells: Iterable[Cell]) -> list[str]:
    """The regions in which there are councils, in their usual order."""
    there = {cell.region for cell in cells}
    return [region for region in REGIONS if region in there] + sorted(there - set(REGIONS))


def councils_in(event: Event, scope: Scope, cell: Cell) -> QuerySet[Any]:
    """The councils of a cell, as `councils_with` annotates them."""
    of_kind = councils_with(event, scope).filter(kind__in=TYPES[cell.kind][1])
    return of_kind.filter(Q(region=cell.region) | Q(region="", nation=cell.region))


def invitations_of(event: Event) -> QuerySet[Any]:
    """Who has been invited, the latest first, each with `has_signed_up`."""
    place = SignUp.objects.living().filter(event=event, person=OuterRef("person"))
    found = event.invitations.select_related("person", "organisation", "invited_by")
    return found.annotate(has_signed_up=Exists(place)).order_by("-invited_at", "pk")
