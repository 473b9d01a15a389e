"""Somebody came, left, or was checked in by mistake: a mark each, from which the place and its event are derived."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from events import guards
from events.desk.deriving import standing, was_there
from events.desk.hours import day_is_over, earliest, is_put_right, why_shut
from events.desk.models import ONLINE, DeskMark
from events.event.models import Event
from events.feedback.operations import open_at_first_arrival
from events.permissions import can_run_event
from events.places.models import SignUp
from events.places.operations import keep_count, lock_place, seat_the_door
from events.places.queries import living_place

NOT_STAFF = (
    "Only the event’s organisers, facilitators and the secretariat, signed in with a second factor, check people in."
)
NEW = "new"  # a desk that has no number yet


@dataclass(frozen=True)
class Press:
    """Where and when a button was pressed, and the number that the phone gave the press.

    Without `at`, which a phone says that was offline, it was pressed now, knowing of every mark until then.
    """

    desk: str = ""
    client_id: uuid.UUID | None = None
    at: dt.datetime | None = None


HERE = Press()


@transaction.atomic
def check_in(place: SignUp, *, by: User, press: Press = HERE) -> SignUp:
    """Note that somebody came, even where the room is full; somebody who had left is back.

    Checking in twice is a success: `checked_in_at` stays as the first desk set it.
    """
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    refuse_while_shut(event)
    return note(event, place, DeskMark.What.IN, by=by, press=press)


@transaction.atomic
def check_out(place: SignUp, *, by: User, press: Press = HERE) -> SignUp:
    """Note that somebody left. They stay a delegate of the event."""
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    refuse_while_shut(event)
    if press.at is None and place.checked_in_at is None:
        raise Refused(f"{place.person} is not checked in.")
    return note(event, place, DeskMark.What.OUT, by=by, press=press)


@transaction.atomic
def undo_check_in(place: SignUp, *, by: User, press: Press = HERE, off_the_roll: bool | None = None) -> SignUp:
    """Undo a mistaken check-in. Whoever came without a place of their own waits again. Undoing twice changes nothing.

    `off_the_roll` answers what is asked of somebody on the roll of an open vote: whether to strike them from it.
    """
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    refuse_while_shut(event)
    if place.checked_in_at is None and press.at is None:
        return place
    if place.checked_in_at and not is_known(event, place, press):
        if place.has_given_feedback:
            raise Refused("This person has given feedback already, so they were there.")
        guards.UNDO_CHECK_IN.ask(place, by=by, off_the_roll=off_the_roll)
    return note(event, place, DeskMark.What.UNDO, by=by, press=press)


def refuse_while_shut(event: Event) -> None:
    """Refuse a mark before the day, and once who came is counted; until then it can be put right, and a late list of
    a phone that was offline is taken."""
    if why := why_shut(event):
        raise Refused(why)


def is_known(event: Event, place: SignUp, press: Press) -> bool:
    """Whether this press was counted before; refused where it was somebody else's."""
    earlier = press.client_id and event.marks.filter(client_id=press.client_id).first()
    if earlier and earlier.sign_up_id != place.pk:
        raise Refused("The phone has sent this press for somebody else before.")
    return bool(earlier)


def note(event: Event, place: SignUp, what: str, *, by: User, press: Press) -> SignUp:
    """Write the mark and bring place and event into line with it. Callers have locked the event."""
    place = _the_living_one(event, place)
    place.was_in = place.checked_in_at is not None  # type: ignore[attr-defined]  # for the message, too
    if is_known(event, place, press):
        return place
    if place.status == SignUp.Status.CANCELLED and not place.released_at:
        raise Refused(f"{place.person} has no place any more. Add them as a walk-in.")
    marks = list(place.marks.all())
    mark = DeskMark(
        event=event,
        sign_up=place,
        what=what,
        by=by,
        desk=_next_desk(event) if press.desk == NEW else press.desk,
        client_id=press.client_id or uuid.uuid4(),
        at=_moment(event, press, marks),
    )
    mark.save(force_insert=True)
    before = place.checked_in_at, place.left_at
    settle(event, place, [*marks, mark])
    place.last_mark = mark  # type: ignore[attr-defined]  # for the message to whoever pressed
    if before != (place.checked_in_at, place.left_at):
        _record(event, place, what, by=by, was_in=before[0] is not None)
    return place


def _record(event: Event, place: SignUp, what: str, *, by: User, was_in: bool) -> None:
    if place.checked_in_at and not was_in:
        open_at_first_arrival(event)
        log_action(
            "events.checked_in", by=by, about=event, own=place, place=place.pk, over_capacity=place.is_over_capacity
        )
    elif place.checked_in_at is None and was_in:
        log_action("events.undid_check_in", by=by, about=event, own=place, place=place.pk)
    elif what == DeskMark.What.OUT:
        log_action("events.checked_out", by=by, about=event, own=place, place=place.pk)


def _the_living_one(event: Event, place: SignUp) -> SignUp:
    """The place itself; of somebody who was released and signed up again, the place that they have now."""
    if place.status == SignUp.Status.CANCELLED and (now := living_place(event, place.person)):
        now.person, now.event = place.person, event
        return now
    return place


def _moment(event: Event, press: Press, marks: list[DeskMark]) -> dt.datetime:
    """When it was pressed: never in the future, never on another day. What is pressed now follows what is known.

    What is put right afterwards counts as of the end: nobody knows when they came, and they did not come since.
    """
    if press.at is None or press.at >= day_is_over(event):
        latest = event.ends_at if is_put_right(event) else event.now
        return max([latest, *(mark.at + dt.timedelta(microseconds=1) for mark in marks)])
    return min(max(press.at, earliest(event)), event.now)


def _next_desk(event: Event) -> str:
    """The number of a desk that marks its first arrival."""
    desks = event.marks.exclude(desk__in=("", ONLINE)).order_by().values("desk").distinct()
    return str(desks.count() + 1)


def settle(event: Event, place: SignUp, marks: list[DeskMark]) -> None:
    """Write what the marks of a place come to: who is in, who has which place, and the event's counters.

    Whoever had a place keeps it. All others who are in get the free ones in the order in which they came.
    """
    was_in = place.checked_in_at is not None
    is_own = _has_own_place(event, place, marks)
    if place.status in SignUp.SEATED and not place.is_over_capacity:
        event.places_taken -= 1  # and counted anew
    place.checked_in_at, place.left_at = standing(marks)
    is_in = place.checked_in_at is not None
    place.is_let_in = place.is_over_capacity = is_in and not is_own
    if is_own:
        event.places_taken += 1
        place.released_at = None
    else_ = SignUp.Status.CANCELLED if place.released_at else SignUp.Status.WAITING
    place.status = SignUp.Status.CONFIRMED if is_own or is_in else else_
    is_over = place.status == SignUp.Status.CANCELLED
    place.cancelled_at = place.released_at if is_over else None
    place.ended_because = SignUp.Ended.RELEASED if is_over else ""
    place.lapses_at = None  # whoever comes while a place is held or offered has it
    place.save(update_fields=DERIVED)
    event.arrived += is_in - was_in
    seat_the_door(event)
    if place.is_let_in:
        place.refresh_from_db(fields=["is_over_capacity"])
    keep_count(event)


DERIVED = (
    "status",
    "checked_in_at",
    "left_at",
    "is_let_in",
    "is_over_capacity",
    "released_at",
    "cancelled_at",
    "ended_because",
    "lapses_at",
)


def _has_own_place(event: Event, place: SignUp, marks: list[DeskMark]) -> bool:
    """Whether the place is their own, had before they came.

    One that was released is, where a desk that was offline had checked its holder in before: had it been online, nobody
    would have released it.
    """
    if place.released_at is None:
        return place.status in SignUp.SEATED and not place.is_let_in
    if not was_there(marks, place.released_at):
        return False
    return places_of_their_own(event) < event.capacity


def places_of_their_own(event: Event) -> int:
    """How many places are taken by people who had one before they came."""
    return event.places_taken - event.sign_ups.filter(is_let_in=True, is_over_capacity=False).count()
