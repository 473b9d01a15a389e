"""Reads that span models or are shaped for one page."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import AnyUser, User
from core import clock
from core.counting import count_of
from core.figures import Share
from councils.models import COUNCIL_KINDS
from events.agenda import Entry
from events.models import Event, Feedback, PlaceOffer, SignUp
from projects.models import Prototype

# The kinds of people a Co-Design Day cannot do without.
FOUR_KINDS = (
    SignUp.Kind.SERVICE_USER,
    SignUp.Kind.HEAD_OF_SERVICE,
    SignUp.Kind.POLICY_EXPERT,
    SignUp.Kind.DEVELOPER,
)
FEEDBACK_WINDOW = dt.timedelta(days=14)
LEAST_FOR_FACILITATORS, LEAST_FOR_EVERYONE = 5, 10


def confirmed(event: Event) -> QuerySet[SignUp]:
    """Those with a place."""
    return event.sign_ups.filter(status=SignUp.Status.CONFIRMED)


def checked_in(event: Event) -> QuerySet[SignUp]:
    """Those who were there."""
    return event.sign_ups.filter(checked_in_at__isnull=False).select_related("person", "organisation")


def agenda_of(event: Event) -> list[Entry]:
    """What happens at an event, in order."""
    items = event.agenda.order_by("day", "at", "pk")
    return [Entry(at=item.at, title=item.title, note=item.note, day=item.day) for item in items]


def who_is_asked(event: Event) -> User | None:
    """Who put their name to an event, while their account is open."""
    return event.contact if event.contact and event.contact.is_active else None


@dataclass(frozen=True)
class WhoComes:
    """The people of an event by kind and by council: those with a place, from the start those checked in."""

    people: int
    mix: dict[str, int]
    councils: list[tuple[str, int]]
    with_place: int  # however many of them have come
    by_organisation: dict[int, int]


BY_NAME = ("person__name", "position")


@dataclass(frozen=True)
class DoorCount:
    """The three groups of the desk. Who is expected has a place and is not here; who waits has none."""

    here: int
    expected: int
    waiting: int


def door_count(event: Event) -> DoorCount:
    """How many are here, expected and waiting, in one query."""
    is_here, has_place = Q(checked_in_at__isnull=False), Q(status=SignUp.Status.CONFIRMED)
    return DoorCount(
        **event.sign_ups.aggregate(
            here=Count("pk", filter=is_here),
            expected=Count("pk", filter=has_place & ~is_here),
            waiting=Count("pk", filter=Q(status=SignUp.Status.WAITING)),
        )
    )


def prototypes_to_run(event: Event) -> list[Prototype]:
    """The prototypes noted for an event, with `is_here`; on a Co-Design Day also those its discovery left unnoted."""
    noted = Event.prototypes.through.objects.filter(prototype=OuterRef("pk"))
    found = Prototype.objects.annotate(is_here=Exists(noted.filter(event=event)), is_noted=Exists(noted))
    to_run = Q(is_here=True)
    if event.kind == Event.Kind.CO_DESIGN_DAY:
        to_run |= Q(discovery=event.discovery_id, is_noted=False)
    return list(found.filter(to_run).select_related("outline").order_by("title")[:50])


def who_comes(event: Event, *, who_is_here: bool | None = None) -> WhoComes:
    """One query, whatever the page shows of it. `who_is_here` counts check-ins; if not given, from the start on."""
    who_is_here = event.has_started if who_is_here is None else who_is_here
    groups = (
        confirmed(event)
        .order_by()
        .values_list("kind", "organisation", "organisation__name", "organisation__kind")
        .annotate(places=Count("pk"), there=Count("pk", filter=Q(checked_in_at__isnull=False)))
    )
    mix: Counter[str] = Counter()
    councils: Counter[tuple[str, int]] = Counter()
    organisations: Counter[int] = Counter()
    with_place = 0
    for kind, key, name, organisation_kind, places, there in groups:
        with_place += places
        number = there if who_is_here else places
        mix[kind] += number
        organisations[key] += number
        if number and organisation_kind in COUNCIL_KINDS:
            councils[name, key] += number
    return WhoComes(
        mix.total(),
        {kind: mix[kind] for kind in SignUp.Kind.values},
        [(name, number) for (name, _), number in sorted(councils.items())],
        with_place,
        dict(organisations),
    )


def missing_kinds(mix: dict[str, int]) -> list[str]:
    """Which of the four kinds a Co-Design Day needs are not among its people (W2)."""
    return [str(kind.label) for kind in FOUR_KINDS if not mix.get(kind)]


def listed_people(event: Event) -> QuerySet[SignUp]:
    """Those with a place who want others to see their name."""
    return confirmed(event).filter(is_listed=True).select_related("person", "organisation").order_by("position")


def queue_position(place: SignUp) -> int:
    """Which place in the queue someone has: 1 is next."""
    ahead = SignUp.objects.filter(event_id=place.event_id, status=SignUp.Status.WAITING, position__lt=place.position)
    return ahead.count() + 1


def with_waiting_counts(events: QuerySet[Event]) -> QuerySet[Any]:
    """Annotate `waiting`: how many stand in each one's queue."""
    queue = SignUp.objects.filter(event=OuterRef("pk"), status=SignUp.Status.WAITING)
    return events.annotate(waiting=count_of(queue))


def waiting_count(event: Event) -> int:
    return event.sign_ups.filter(status=SignUp.Status.WAITING).count()


def check_in_has_begun(event: Event) -> bool:
    """Whether places are given at the door: from the start, or from the first person who is checked in before it."""
    return event.has_started or (event.check_in_is_open and checked_in(event).exists())


def brings_prototypes(event: Event) -> bool:
    """Whether there are prototypes to vote on at an event, or will be: every Co-Design Day makes some."""
    return event.kind == Event.Kind.CO_DESIGN_DAY or event.prototypes.exists()


def living_place(event: Event, user: AnyUser) -> SignUp | None:
    """The reader's own place at an event, if any."""
    if not user.is_authenticated:
        return None
    living = event.sign_ups.filter(person=user).exclude(status=SignUp.Status.CANCELLED)
    return next(iter(living), None)  # one at most, by constraint


def open_offer(place: SignUp) -> PlaceOffer | None:
    """To whom a place is offered at the moment, if to anybody."""
    return place.offers.filter(state=PlaceOffer.State.OPEN, expires_at__gt=clock.now()).first()


_OWN = ("id", "reference", "status", "position", "checked_in_at", "has_given_feedback")


def with_own_place(events: QuerySet[Event], user: AnyUser) -> QuerySet[Event]:
    """Bring the reader's own living place along with each event, for `own_place`. There is at most one."""
    if not user.is_authenticated:
        return events
    mine = Q(sign_ups__person=user, sign_ups__status__in=[SignUp.Status.CONFIRMED, SignUp.Status.WAITING])
    own = events.annotate(own=FilteredRelation("sign_ups", condition=mine))
    return own.annotate(**{f"own_{name}": F(f"own__{name}") for name in _OWN})


def own_place(event: Event, user: AnyUser) -> SignUp | None:
    """The place that `with_own_place` brought along."""
    if getattr(event, "own_id", None) is None:
        return None
    values = {name: getattr(event, f"own_{name}") for name in _OWN} | {"event_id": event.pk, "person_id": user.pk}
    names = [field.attname for field in SignUp._meta.concrete_fields if field.attname in values]
    place = SignUp.from_db(event._state.db, names, [values[name] for name in names])
    place.event = event
    return place


def feedback_closes_at(event: Event) -> dt.datetime:
    return event.ends_at + FEEDBACK_WINDOW


def feedback_is_open(event: Event) -> bool:
    """From the start until two weeks after the end."""
    now = clock.now()
    return event.state == Event.State.PUBLISHED and event.starts_at <= now < feedback_closes_at(event)


@dataclass(frozen=True)
class Outcome:
    """One of the seven questions with its answer: how many of those who answered it said yes."""

    name: str
    words: str
    share: Share


@dataclass(frozen=True)
class Outcomes:
    """The seven outcomes of one event or many, with the forms they rest on and the people who were there."""

    forms: int
    attended: int
    outcomes: tuple[Outcome, ...]
    is_illustrative: bool

    @property
    def response_rate(self) -> Share:
        return Share(self.forms, self.attended, "people who came")


def feedback_outcomes(events: QuerySet[Event] | list[Event], *, attended: int | None = None) -> Outcomes:
    """The seven outcomes over `events`, each on the base of those who answered that question.

    `attended`: how many were there, where the caller has counted them.
    """
    sums = {"forms": Count("pk"), "made_up": Count("pk", filter=Q(is_illustrative=True))}
    for name in Feedback.OUTCOMES:
        sums[f"{name}_yes"] = Count("pk", filter=Q(**{name: True}))
        sums[f"{name}_base"] = Count("pk", filter=Q(**{f"{name}__isnull": False}))
    counted = Feedback.objects.filter(event__in=events).aggregate(**sums)
    if attended is None:
        attended = SignUp.objects.filter(event__in=events, checked_in_at__isnull=False).count()
    return Outcomes(
        counted["forms"],
        attended,
        tuple(
            Outcome(
                name,
                Feedback.words_for(name),
                Share(counted[f"{name}_yes"], counted[f"{name}_base"], "who answered"),
            )
            for name in Feedback.OUTCOMES
        ),
        bool(counted["made_up"]),
    )


def results_for(event: Event, *, attended: int, is_staff: bool) -> Outcomes | None:
    """The results of one event as this reader may see them; None while there are too few, or the window is open.

    Only after the window, and in one piece: two looks could otherwise tell what the last form said.
    """
    if clock.now() < feedback_closes_at(event):
        return None
    found = feedback_outcomes([event], attended=attended)
    least = LEAST_FOR_FACILITATORS if is_staff else LEAST_FOR_EVERYONE
    if found.forms < least:
        return None
    enough = tuple(outcome for outcome in found.outcomes if outcome.share.base >= least)
    return Outcomes(found.forms, found.attended, enough, found.is_illustrative)


@dataclass(frozen=True)
class Attendance:
    """What a stretch of the programme came to, counted from rows."""

    events: int
    delegates: int
    people: int
    councils: int


def attendance(events: QuerySet[Event]) -> Attendance:
    """Events, times somebody came, distinct people and distinct councils."""
    kept = events.order_by().aggregate(events=Count("pk"), delegates=Coalesce(Sum("arrived"), 0))
    came = SignUp.objects.filter(event__in=events, checked_in_at__isnull=False)
    counted = came.aggregate(
        people=Count("person", distinct=True),
        councils=Count("organisation", distinct=True, filter=Q(organisation__kind__in=COUNCIL_KINDS)),
    )
    return Attendance(kept["events"], kept["delegates"], counted["people"], counted["councils"])


def miscounted() -> QuerySet[Event]:
    """Events whose counters are not what their rows say: there should be none."""
    places = SignUp.objects.filter(event=OuterRef("pk"))
    seated = places.filter(status=SignUp.Status.CONFIRMED, is_over_capacity=False)
    counted = Event.objects.annotate(seated=count_of(seated), came=count_of(places.filter(checked_in_at__isnull=False)))
    return counted.exclude(places_taken=F("seated"), arrived=F("came"))


def places_by_event(events: Iterable[Event], user: AnyUser) -> dict[int, SignUp]:
    """The reader's own living places among `events`, by event."""
    if not user.is_authenticated:
        return {}
    mine = SignUp.objects.filter(event__in=[event.pk for event in events], person=user)
    return {place.event_id: place for place in mine.exclude(status=SignUp.Status.CANCELLED)}


GROUPS = ("here", "expected", "waiting")


def people_at_the_desk(event: Event, group: str) -> QuerySet[SignUp]:
    """One of the three groups: who came last, who is expected by name, who waits in their order."""
    places = event.sign_ups.select_related("person", "organisation")
    if group == "here":
        return places.filter(checked_in_at__isnull=False).order_by("-checked_in_at", "position")
    if group == "waiting":
        return places.filter(status=SignUp.Status.WAITING).order_by("position")
    return confirmed(event).filter(checked_in_at=None).select_related("person", "organisation").order_by(*BY_NAME)


def found_at_the_desk(event: Event, words: str) -> QuerySet[SignUp]:
    """Whoever is signed up and has all these words in name, address or organisation; who is not here comes first."""
    places = event.sign_ups.exclude(status=SignUp.Status.CANCELLED).select_related("person", "organisation")
    for word in words.split()[:8]:
        about = Q(person__name__icontains=word) | Q(person__email__icontains=word)
        places = places.filter(about | Q(organisation__name__icontains=word))
    return places.order_by(F("checked_in_at").asc(nulls_first=True), *BY_NAME)
