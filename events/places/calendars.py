"""One person's own places as calendar entries: in mails, as a file and as a feed with a secret address."""

from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from core import clock
from events.event import calendars
from events.event.models import Event
from events.places.models import QueueLine, SignUp
from events.places.offers import PlaceOffer

MOST_IN_FEED = 500


def holding(place: SignUp, person: User | None = None, *, is_off: bool = False) -> calendars.Holding:
    """How the holder of a place, or `person`, who has given it up, stands to the event."""
    person = person or place.person
    return _holding(place, person, _times_given_up(person, [place.event_id])[place.event_id], is_off=is_off)


def _holding(place: SignUp, person: User, given_up: int, *, is_off: bool = False) -> calendars.Holding:
    return calendars.Holding(
        name=str(person),
        address=person.email,
        url=settings.BASE_URL + place.get_absolute_url(),
        given_up=given_up,
        is_off=is_off,
        is_sure=place.status == SignUp.Status.CONFIRMED,
    )


def _times_given_up(person: User, events: Iterable[int]) -> Counter[int]:
    """How many places the person has given back or passed on, or have gone back to the waiting list, by event.

    It never gets less, also where a place that had gone back and come again was passed on.
    """
    accepted = PlaceOffer.objects.filter(giver=person, state=PlaceOffer.State.ACCEPTED)
    theirs = Q(sign_up__person=person) | Q(sign_up__offers__in=accepted)
    moved_back = QueueLine.objects.filter(theirs, event__in=events, what=QueueLine.What.MOVED_BACK)
    given_back = SignUp.objects.filter(person=person, event__in=events, status=SignUp.Status.CANCELLED)
    passed_on = accepted.filter(place__event__in=events).order_by()
    times = Counter(given_back.order_by().values_list("event", flat=True))
    times += Counter(passed_on.values_list("place__event", flat=True))
    return times + Counter(event for event, _ in moved_back.order_by().values_list("event", "pk").distinct())


def own_file(place: SignUp) -> bytes:
    """The calendar file of a place; of one that was given back, its cancellation."""
    is_off = place.status == SignUp.Status.CANCELLED
    return calendars.own_file(place.event, holding(place, is_off=is_off), made_at=clock.now())


def own_feed(person: User) -> bytes:
    """All days at which the person has a place or waits for one, as a calendar to subscribe to."""
    places = SignUp.objects.living().filter(person=person).exclude(event__state=Event.State.DRAFT)
    newest = list(places.select_related("event").order_by("-event__starts_at", "pk")[:MOST_IN_FEED])
    times = _times_given_up(person, [place.event_id for place in newest])
    entries = ((place.event, _holding(place, person, times[place.event_id])) for place in newest)
    return calendars.own_feed(entries, name=f"My days, {settings.SITE_NAME}")
