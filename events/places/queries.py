"""Reads of places: who has one, who waits, and attendance."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from accounts.models import AnyUser, User
from core import clock
from core.counting import count_of
from councils.addresses import domain_of
from councils.models import Organisation
from councils.permissions import only_organisation_of, organisations_of
from councils.queries import organisations_for
from events.event.models import Event
from events.event.pools import Pool
from events.places.models import QueueLine, SignUp, is_living, was_there
from events.places.offers import PlaceOffer
from questions.checking import Answers
from questions.models import AnswerSheet
from questions.queries import sheet_of


def confirmed(event: Event) -> QuerySet[SignUp]:
    """Those with a place."""
    return event.sign_ups.filter(status=SignUp.Status.CONFIRMED)


def checked_in(event: Event) -> QuerySet[SignUp]:
    """Those who were there, with and without their names."""
    return event.sign_ups.filter(was_there()).select_related("person", "organisation")


def no_shows(event: Event) -> QuerySet[SignUp]:
    """Those with a place who have not come."""
    return confirmed(event).filter(checked_in_at=None).order_by("position")


def signed_up(event: Event) -> list[User]:
    """Those with a place and those who wait for one, in the order of signing up, while their names are held."""
    return [place.person for place in event.sign_ups.living().named().select_related("person").order_by("position")]


def listed_people(event: Event) -> QuerySet[SignUp]:
    """Those with a place who want others to see their name."""
    return confirmed(event).filter(is_listed=True).select_related("person", "organisation").order_by("position")


def queue_position(place: SignUp) -> int:
    """The place of somebody in the queue; 1 is next."""
    ahead = SignUp.objects.filter(event_id=place.event_id, status=SignUp.Status.WAITING, position__lt=place.position)
    return ahead.count() + 1


def times_passed_over(place: SignUp) -> QuerySet[QueueLine]:
    """The lines that say when and why others who signed up after `place` had a place first; the last five."""
    return place.queue_lines.filter(what=QueueLine.What.SKIPPED).order_by("-pk")[:5]


def with_waiting_counts(events: QuerySet[Event]) -> QuerySet[Any]:
    """The events with `waiting`: how many are in the queue of each, and `has_pools`, so that pools are read if any."""
    queue = SignUp.objects.filter(event=OuterRef("pk"), status=SignUp.Status.WAITING)
    return events.annotate(waiting=count_of(queue), has_pools=Exists(Pool.objects.filter(event=OuterRef("pk"))))


def waiting_count(event: Event) -> int:
    return event.sign_ups.filter(status=SignUp.Status.WAITING).count()


def check_in_has_begun(event: Event) -> bool:
    """Whether places are given at the door: from the start, or from the first person who is checked in before it."""
    return event.has_started or (event.check_in_is_open and checked_in(event).exists())


def living_place(event: Event, user: AnyUser) -> SignUp | None:
    """The reader's own place at an event, if any."""
    if not user.is_authenticated:
        return None
    return next(iter(event.sign_ups.living().filter(person=user)), None)  # one at most, by constraint


def released_place(event: Event, user: AnyUser) -> SignUp | None:
    """The reader's place that the desk has released, on the day of the event."""
    if not user.is_authenticated or not event.check_in_is_open or event.has_ended:
        return None
    last = event.sign_ups.filter(person=user).order_by("-position").first()
    return last if last and last.status == SignUp.Status.CANCELLED and last.released_at else None


def came_for(event: Event, person: User) -> Organisation | None:
    """The organisation on somebody's place, else the only one that they belong to."""
    place = event.sign_ups.living().filter(person=person).select_related("organisation").first()
    if place is not None and place.organisation is not None:
        return place.organisation
    return only_organisation_of(person)


def answers_of(place: SignUp) -> Answers:
    """What the holder of a place answered to the event's own questions."""
    sheet = sheet_of(place.event.question_set_id, place.person)
    return sheet.answers if sheet else {}


def answers_of_event(event: Event) -> int:
    """How many people have answered the event's own questions."""
    if event.question_set_id is None:
        return 0
    return AnswerSheet.objects.filter(set=event.question_set_id, state=AnswerSheet.State.HANDED_IN).count()


def open_offer(place: SignUp) -> PlaceOffer | None:
    """The offer of a place that its recipient can accept, or that they have accepted and the organiser agrees to."""
    living = place.offers.filter(state__in=PlaceOffer.LIVING, expires_at__gt=clock.now())
    return living.select_related("giver", "colleague").first()


def is_for_another_council(offer: PlaceOffer, colleague: User) -> bool:
    """Whether the place would count for another organisation than now, by membership or by the colleague's address."""
    theirs, organisation = organisations_of(colleague), offer.place.organisation
    if organisation is None:
        return bool(theirs)
    return organisation not in (*theirs, *organisations_for(domain_of(offer.to_email)))


def runners(event: Event) -> list[User]:
    """Those who run this event in particular: whoever made it, and its organisers."""
    people = User.objects.filter(Q(pk=event.made_by_id) | Q(pk__in=event.organisers.accepted().values("person")))
    return list(people.filter(is_active=True).order_by("pk"))


_OWN = ("id", "reference", "status", "position", "lapses_at", "checked_in_at", "has_given_feedback")


def with_own_place(events: QuerySet[Event], user: AnyUser) -> QuerySet[Event]:
    """The events with the reader's own living place, which `own_place` returns."""
    if not user.is_authenticated:
        return events
    mine = Q(sign_ups__person=user) & is_living("sign_ups__")
    own = events.annotate(own=FilteredRelation("sign_ups", condition=mine))
    return own.annotate(**{f"own_{name}": F(f"own__{name}") for name in _OWN})


def own_place(event: Event, user: AnyUser) -> SignUp | None:
    """The reader's place at an event that was read through `with_own_place`."""
    if getattr(event, "own_id", None) is None:
        return None
    values = {name: getattr(event, f"own_{name}") for name in _OWN} | {"event_id": event.pk, "person_id": user.pk}
    names = [field.attname for field in SignUp._meta.concrete_fields if field.attname in values]
    place = SignUp.from_db(event._state.db, names, [values[name] for name in names])
    place.event = event
    return place


def miscounted() -> QuerySet[Event]:
    """The events whose counters, next settling or pools are not what their rows say; there should be none."""
    places = SignUp.objects.filter(event=OuterRef("pk"))
    counted = Event.objects.annotate(
        seated=count_of(places.seated()), came=count_of(places.filter(checked_in_at__isnull=False))
    )
    of_pool = count_of(SignUp.objects.filter(pool=OuterRef("pk")))
    pools = Pool.objects.annotate(seated=of_pool).exclude(taken=F("seated")).values("event")
    for_nobody = Pool.objects.for_nobody().values("event")
    pending = SignUp.objects.filter(lapses_at__isnull=False)
    forgotten = pending.filter(Q(event__settles_at=None) | Q(event__settles_at__gt=F("lapses_at"))).values("event")
    wrong = Q(pk__in=pools) | Q(pk__in=for_nobody) | Q(pk__in=forgotten)
    return counted.filter(~Q(places_taken=F("seated"), arrived=F("came")) | wrong)


def places_by_event(events: Iterable[Event], user: AnyUser) -> dict[int, SignUp]:
    """The reader's own living places among `events`, by event."""
    if not user.is_authenticated:
        return {}
    mine = SignUp.objects.living().filter(event__in=[event.pk for event in events], person=user)
    return {place.event_id: place for place in mine}
