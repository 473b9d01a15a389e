"""The words of each message about a place, as they are true when it is sent."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core import clock
from core.words import counted, moment_in_words
from events.event import calendars
from events.event.letters import letter
from events.event.models import Event
from events.permissions import reads_as_staff
from events.places.calendars import holding
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from events.places.queries import queue_position
from events.places.room import room_of
from events.places.standing import waiting_words, why_waiting
from outbox.kinds import Letter, kind

Status = SignUp.Status
BEGAN = "event.starts_at"


def _places() -> QuerySet[SignUp]:
    return SignUp.objects.select_related("event", "person", "organisation")


def _offers() -> QuerySet[PlaceOffer]:
    return PlaceOffer.objects.filter(giver__is_active=True).select_related(
        "giver", "colleague", "place__event", "place__person"
    )


def _letter(place: SignUp, template: str, *, entry: bytes = b"", joins: bool = False, **context: Any) -> Letter:
    """The message `template` about a place; with `joins`, it says how to join online."""
    event = place.event
    context |= {
        "place": place,
        "place_url": settings.BASE_URL + place.get_absolute_url(),
        "joins_online": joins and bool(event.join_url),
    }
    attachments = ((calendars.FILE_NAME, entry, calendars.MEDIA_TYPE),) if entry else ()
    return letter(event, template, attachments, **context)


def _entry(place: SignUp, of: User | None = None, *, is_off: bool = False) -> bytes:
    """The calendar file for whoever holds the place, else for `of`, who has given it up; dated now."""
    return calendars.own_file(place.event, holding(place, of, is_off=is_off), made_at=clock.now())


def _with_place(place: SignUp, to: User | None, template: str, **context: Any) -> Letter | None:
    """The letter to whoever has the place, with its calendar entry; None where they no longer do."""
    has_it = place.person == to and place.status == Status.CONFIRMED
    return _letter(place, template, entry=_entry(place), joins=True, **context) if has_it else None


@kind("events.confirmation", "You have a place at an event, or wait for one", about=_places, began=BEGAN)
def confirmation(place: SignUp, to: User | None) -> Letter | None:
    """That somebody has a place, with its calendar entry, or is in the queue."""
    if place.person == to and place.status == Status.WAITING:
        room = room_of(place.event, among=[place.organisation] if place.organisation else [])
        why = why_waiting(place, room)
        position, words = queue_position(place), f"{why} {waiting_words(place.event)}".strip()
        return _letter(place, "waiting", queue_position=position, waiting_words=words)
    return _with_place(place, to, "confirmed")


@kind("events.promotion", "A place at an event has come free for you", about=_places, began=BEGAN)
def promotion(place: SignUp, to: User | None) -> Letter | None:
    return _with_place(place, to, "promoted")


@kind("events.promotion_offer", "A place at an event is offered to you", about=_places, began=BEGAN, holds_a_right=True)
def promotion_offer(place: SignUp, to: User | None) -> Letter | None:
    """That a place is kept for somebody who waited, until when, and where to take it."""
    if place.person != to or place.status != Status.OFFERED or place.lapses_at is None:
        return None
    return _letter(place, "place_offered", until=moment_in_words(place.lapses_at))


@kind("events.moved_back", "Your place at an event has gone back to its waiting list", about=_places, began=BEGAN)
def moved_back(place: SignUp, to: User | None, *, had_it: bool = True) -> Letter | None:
    """That an event has fewer places, with where in the queue somebody stands now.

    The calendar entry is taken out of whoever `had_it`; to whom it was only offered got none.
    """
    if place.person != to or place.status != Status.WAITING:
        return None
    entry = _entry(place, is_off=True) if had_it else b""
    return _letter(place, "moved_back", entry=entry, had_it=had_it, queue_position=queue_position(place))


@kind("events.promotion_lapsed", "A place that was kept for you has gone", about=_places, began=BEGAN)
def promotion_lapsed(place: SignUp, to: User | None, *, until: str = "") -> Letter | None:
    is_over = place.ended_because == SignUp.Ended.LAPSED and place.event.state == Event.State.PUBLISHED
    return _letter(place, "offer_lapsed", until=until) if is_over else None


@kind("events.promotion_declined", "You have turned down a place", about=_places, began=BEGAN)
def promotion_declined(place: SignUp, to: User | None) -> Letter | None:
    return _letter(place, "offer_declined") if place.ended_because == SignUp.Ended.DECLINED else None


@kind("events.cancellation", "You have given a place back", about=_places, began=BEGAN)
def cancellation(place: SignUp, to: User | None) -> Letter | None:
    given_back = place.status == Status.CANCELLED
    return _letter(place, "given_back", entry=_entry(place, is_off=True)) if given_back else None


@kind("events.left_queue", "You have left the waiting list of an event", about=_places, began=BEGAN)
def left_queue(place: SignUp, to: User | None) -> Letter | None:
    """That somebody waits no more; they had no place, and no calendar entry."""
    return _letter(place, "left_queue") if place.status == Status.CANCELLED else None


@kind("events.release", "The desk of an event has released your place", about=_places, began=BEGAN)
def release(place: SignUp, to: User | None) -> Letter | None:
    """That the desk released the place; the person may still be on their way."""
    return _letter(place, "released") if place.status == Status.CANCELLED else None


@kind("events.reminder", "An event you have a place at is near", about=_places, began=BEGAN, can_be_turned_off=True)
def reminder(place: SignUp, to: User | None) -> Letter | None:
    """A reminder, unless the event was cancelled or has begun."""
    is_near = place.event.state == Event.State.PUBLISHED and not place.event.has_started
    return _with_place(place, to, "reminder", how_near=_how_near(place.event)) if is_near else None


def _how_near(event: Event) -> str:
    """In how many days the event is as the letter is sent, which may be later than it was asked for."""
    days = (timezone.localdate(event.starts_at) - clock.today()).days
    return {0: "Today", 1: "Tomorrow", 7: "In a week"}.get(days, f"In {counted(days, 'day')}")


@kind("events.changed", "An event you signed up for has another time or place", about=Event, began="starts_at")
def event_changed(event: Event, to: User | None, *, why: str = "", was: str = "") -> Letter | None:
    """What has changed, when it `was`, and why.

    Who waits, or has not said yet whether they come, has no calendar entry to update.
    """
    place = _places().living().filter(event=event, person=to).first()
    if place is None or event.state == Event.State.CANCELLED:
        return None
    waits = place.status in (Status.WAITING, Status.OFFERED)
    until = moment_in_words(place.lapses_at) if place.lapses_at else ""
    said = {"why": why, "was": was}
    return _letter(place, "changed", until=until, **said) if waits else _with_place(place, to, "changed", **said)


@kind("events.cancelled", "An event you signed up for is cancelled", about=Event, began="starts_at")
def event_cancelled(event: Event, to: User | None) -> Letter | None:
    place = _places().living().filter(event=event, person=to).first()
    if place is None:
        return None
    # Who waits, or has not said yet whether they come, has no calendar entry to take out.
    return _letter(place, "cancelled", entry=_entry(place) if place.status == Status.CONFIRMED else b"")


@kind(
    "events.offer",
    "A colleague offers you their place at an event",
    about=_offers,
    began=f"place.{BEGAN}",
    holds_a_right=True,
)
def offer(one: PlaceOffer, to: User | None) -> Letter | None:
    """The offer, to its address, whether or not that has an account."""
    if one.why_over:
        return None
    url, expires = settings.BASE_URL + one.get_absolute_url(), moment_in_words(one.expires_at)
    return _letter(one.place, "offered", offer=one, offer_url=url, expires=expires)


@kind("events.offer_accepted", "A colleague has accepted your place at an event", about=_offers, began=f"place.{BEGAN}")
def offer_accepted(one: PlaceOffer, to: User | None) -> Letter | None:
    """That the colleague accepted, to the giver."""
    if one.state != PlaceOffer.State.ACCEPTED:
        return None
    return _letter(one.place, "accepted", entry=_entry(one.place, one.giver, is_off=True), offer=one)


@kind(
    "events.offer_to_agree", "A place that is passed on waits for the organiser", about=_offers, began=f"place.{BEGAN}"
)
def offer_to_agree(one: PlaceOffer, to: User | None) -> Letter | None:
    """That the colleague accepted and comes for another council, to both."""
    if one.state != PlaceOffer.State.TO_AGREE or one.why_gone:
        return None
    own_url = settings.BASE_URL + (one.place if to == one.giver else one).get_absolute_url()
    return _letter(one.place, "to_agree", offer=one, to=to, is_giver=to == one.giver, own_url=own_url)


@kind("events.offer_asks", "A place passed on at an event you run waits for you", about=_offers, began=f"place.{BEGAN}")
def offer_asks(one: PlaceOffer, to: User | None) -> Letter | None:
    """That a place would go to another council, to those who run the event, while nobody has decided."""
    if to is None or one.state != PlaceOffer.State.TO_AGREE or one.why_gone or not reads_as_staff(to, one.place.event):
        return None
    return _letter(one.place, "pass_on_asks", offer=one, to=to)


@kind("events.offer_ended", "A place passed on does not change hands", about=_offers, began=f"place.{BEGAN}")
def offer_ended(one: PlaceOffer, to: User | None) -> Letter | None:
    """That a place that a colleague had accepted stays where it is, and why."""
    if one.state not in (PlaceOffer.State.REFUSED, PlaceOffer.State.TAKEN_BACK):
        return None
    return _letter(one.place, "offer_ended", offer=one, to=to, is_giver=to == one.giver)
