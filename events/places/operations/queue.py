"""Locking an event, ending places and giving out those that come free. Callers are inside a transaction."""

import datetime as dt

from django.db.models import F, Min, Q, QuerySet

from audit.operations import log_action
from core import clock
from core.statements import built_once
from core.words import moment_in_words
from events.event.models import Event
from events.event.pools import Pool
from events.places import emails
from events.places.models import QueueLine, SignUp
from events.places.operations.door import seat_the_door
from events.places.passing_over import PassedOver
from events.places.queries import check_in_has_begun
from events.places.room import Room, can_be_seated, has_cap, offer_ends_at, room_of
from outbox.operations import queue_message
from questions.operations import drop_answers

_COUNTERS = ("places_taken", "next_position", "arrived", "kept_over", "settles_at")


def lock(event: Event) -> Event:
    """Lock the event's row and return the event as read after that, with what has lapsed ended.

    Places change only under this lock. A place whose time has run out keeps nobody waiting until the schedule comes by.
    """
    [event] = _locked(event.pk)
    if event.settles_at and event.settles_at <= event.now:
        settle(event)
    return event


@built_once
def _locked(event: int) -> QuerySet[Event]:
    return Event.objects.select_for_update().annotate(locked_at=clock.DatabaseClock()).filter(pk=event).order_by()


def lock_place(place: SignUp) -> tuple[Event, SignUp]:
    """Lock the event of a place and return event and place as read after that."""
    event = lock(place.event)
    place = event.sign_ups.select_related("person", "kind").get(pk=place.pk)
    place.event = event
    return event, place


def keep_count(event: Event) -> None:
    """Write the counters alone and without signals: no other app needs to hear of them."""
    if event.kept_over:
        event.kept_over = min(event.kept_over, max(event.places_taken + _to_bring_back(event) - event.capacity, 0))
    Event.objects.filter(pk=event.pk).update(**{name: getattr(event, name) for name in _COUNTERS})


def _to_bring_back(event: Event) -> int:
    """How many have no place because the desk released it, which can be undone: what was kept for them is still."""
    without = Q(status=SignUp.Status.CANCELLED) | Q(is_over_capacity=True)
    return event.sign_ups.filter(without, released_at__isnull=False).count()


def count_in(event: Event, place: SignUp) -> None:
    """Count `place`, which the caller saves as one that is taken, in the counters of the event and of its pool."""
    event.places_taken += 1
    if place.lapses_at:
        settle_by(event, place.lapses_at)
    count_pool(place, 1)


def move_to_pool(place: SignUp, pool: Pool | None) -> None:
    """Count a place that is taken in another pool, or in none; the caller saves it."""
    count_pool(place, -1)
    place.pool = pool
    count_pool(place, 1)


def count_pool(place: SignUp, number: int) -> None:
    if place.pool is not None:
        place.pool.taken += number
        Pool.objects.filter(pk=place.pool.pk).update(taken=F("taken") + number)


def settle_by(event: Event, moment: dt.datetime) -> None:
    """Have the event settled at `moment`, or earlier where something else comes first; `keep_count` writes it."""
    event.settles_at = min(event.settles_at or moment, moment)


def settle(event: Event) -> None:
    """Do to the locked `event` what time has done: end what has lapsed, and give out what is free."""
    for place in event.sign_ups.filter(lapses_at__lte=event.now).order_by("position").select_related("person", "pool"):
        place.event = event
        end(event, place, because=SignUp.Ended.LAPSED)
        log_action("events.lapsed", by=None, about=event, place=place.pk)
    give_out(event)


def give_out(event: Event) -> None:
    """Give out the free places of the locked `event`, note when time next changes it, and write its counters."""
    fill(event)
    event.settles_at = _settles_next(event)
    keep_count(event)


def _settles_next(event: Event) -> dt.datetime | None:
    """The next moment at which time alone changes who may have a place."""
    ends = event.sign_ups.aggregate(first=Min("lapses_at"))["first"]
    releases = event.pools.filter(releases_at__gt=event.now).aggregate(first=Min("releases_at"))["first"]
    cap = event.council_cap_until if event.council_cap_until and event.council_cap_until > event.now else None
    return min((moment for moment in (ends, releases, cap) if moment), default=None)


def end(event: Event, place: SignUp, *, because: str) -> bool:
    """Cancel `place` at the locked `event` and return whether a place came free; the caller gives it out."""
    was, until = place.status, place.lapses_at
    place.status, place.ended_because, place.cancelled_at = SignUp.Status.CANCELLED, because, event.now
    place.lapses_at = None
    forget_what_was_said(place)
    if was in SignUp.SEATED:
        event.places_taken -= 1
        count_pool(place, -1)
    place.pool = None
    place.save(update_fields=["status", "ended_because", "cancelled_at", "lapses_at", "pool", *SignUp.HEALTH])
    if was == SignUp.Status.OFFERED:
        _explain_end(event, place, because, until=until)
    return was in SignUp.SEATED


def _explain_end(event: Event, place: SignUp, because: str, *, until: dt.datetime | None) -> None:
    """Note that an offer was not taken, and write to whoever had it."""
    if because == SignUp.Ended.LAPSED and until:
        note(event, place, QueueLine.What.LAPSED)
        queue_message(emails.promotion_lapsed, place, to=place.person, until=moment_in_words(until))
    else:
        note(event, place, QueueLine.What.DECLINED)
        queue_message(emails.promotion_declined, place, to=place.person)


def note(event: Event, place: SignUp, what: str, *, passed_over: int = 0, because: str = "") -> None:
    """Add a line to the event's queue that says what became of `place`, and why before those who waited ahead."""
    QueueLine.objects.create(
        event=event,
        sign_up=place,
        what=what,
        position=place.position,
        passed_over=passed_over,
        because=because,
        at=event.now,
    )


def give_up(event: Event, place: SignUp, *, because: str = SignUp.Ended.GAVE_BACK) -> list[SignUp]:
    """Cancel `place` at the locked `event`, fill what comes free and return the places that moved up."""
    if not end(event, place, because=because):
        return []
    promoted = fill(event)
    keep_count(event)
    return promoted


def forget_what_was_said(place: SignUp) -> None:
    """Empty what its holder needs, for the caller to save, and drop their answers to the event's own questions."""
    for name in SignUp.HEALTH:
        setattr(place, name, "")
    if place.event.question_set_id:
        drop_answers(place.event.question_set_id, place.person)


def fill(event: Event) -> list[SignUp]:
    """Give out the free places of the locked `event` and return those that moved up from the waiting list.

    Once check-in has begun they go to those in the room over the capacity, and the rest stays free for the door:
    people who wait at home would hear of it too late.
    """
    free = event.capacity - event.places_taken
    if event.state != Event.State.PUBLISHED or free <= 0:
        return []
    if check_in_has_begun(event):
        seat_the_door(event)
        return []
    return _promote(event)


def _promote(event: Event) -> list[SignUp]:
    """Give the free places to the next of the queue who may have them, by position, and write to each."""
    room, promoted = room_of(event), []
    while following := _next_in_line(room):
        for place in following:
            # Once a pool is used up, or a council has its most, those who could have a place are others.
            if not room.has_place_for(place.organisation, place.kind):
                break
            _give(room, place)
            promoted.append(place)
            if has_cap(event):
                room = room_of(event)
    _explain(room, promoted)
    return promoted


def _next_in_line(room: Room) -> list[SignUp]:
    """Those of the queue who could have one of the free places now, in order, as many as there are."""
    waiting = room.event.sign_ups.filter(can_be_seated(room), status=SignUp.Status.WAITING, person__is_active=True)
    return list(waiting.select_related("person", "organisation", "kind").order_by("position")[: room.free])


def _give(room: Room, place: SignUp) -> None:
    """Offer a free place to `place`, which waits, or make it theirs at once where there is no time for an offer."""
    event = room.event
    place.pool = room.pool_for(place.organisation, place.kind)
    place.lapses_at = offer_ends_at(event)
    place.status = SignUp.Status.OFFERED if place.lapses_at else SignUp.Status.CONFIRMED
    place.promoted_at = event.now
    place.save(update_fields=["status", "lapses_at", "promoted_at", "pool"])
    count_in(event, place)
    queue_message(emails.promotion_offer if place.lapses_at else emails.promotion, place, to=place.person)


def _explain(room: Room, promoted: list[SignUp]) -> None:
    """Note who was given or offered a place, and of each who waits ahead of one of them, why they were passed over."""
    if not promoted:
        return
    over = PassedOver(room, promoted)
    for place in promoted:
        what = QueueLine.What.OFFERED if place.lapses_at else QueueLine.What.PROMOTED
        number, because = over.by(place)
        note(room.event, place, what, passed_over=number, because=because)
    for place in over.people:
        note(room.event, place, QueueLine.What.SKIPPED, because=over.why(place))
