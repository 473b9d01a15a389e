"""Operations of the check-in desk: check in and undo it, release a place, add a walk-in."""

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.queries import person_at
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import series
from councils.addresses import domain_of
from councils.models import Organisation
from councils.permissions import organisations_of
from councils.queries import organisations_for
from events import guards
from events.event.models import Event
from events.event.people import ParticipantKind
from events.feedback.operations import open_at_first_arrival
from events.permissions import can_run_event
from events.places import emails
from events.places.models import SignUp
from events.places.operations import give_up, keep_count, lock, lock_place
from events.places.operations.kinds import refuse_other_kind
from events.places.queries import check_in_has_begun, living_place
from outbox.operations import queue_message

NOT_STAFF = "Only facilitators and the secretariat check people in."


@transaction.atomic
def check_in(place: SignUp, *, by: User) -> SignUp:
    """Check in somebody with a place, or who waits for one, even where the room is full.

    Checking in twice changes nothing: `checked_in_at` stays as the first desk set it.
    """
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    _refuse_before_the_day(event)
    return _arrive(event, place, by=by)


def _arrive(event: Event, place: SignUp, *, by: User) -> SignUp:
    if place.checked_in_at:
        return place
    if place.status == SignUp.Status.CANCELLED:
        raise Refused(f"{place.person} has no place any more. Add them as a walk-in.")
    if place.status == SignUp.Status.WAITING:
        _let_in(event, place)
    # Whoever comes while a place is held or offered has it.
    place.status, place.lapses_at = SignUp.Status.CONFIRMED, None
    place.checked_in_at = clock.now()
    place.save(update_fields=["status", "lapses_at", "promoted_at", "is_over_capacity", "checked_in_at"])
    event.arrived += 1
    keep_count(event)
    open_at_first_arrival(event)
    log_action("events.checked_in", by=by, about=event, place=place.pk, over_capacity=place.is_over_capacity)
    return place


def _let_in(event: Event, place: SignUp) -> None:
    """Confirm somebody who waited; once every place is taken, over the capacity and not counted as a place taken."""
    place.status = SignUp.Status.CONFIRMED
    place.is_over_capacity = event.is_full
    if not place.is_over_capacity:
        place.promoted_at = clock.now()
        event.places_taken += 1


def _refuse_before_the_day(event: Event) -> None:
    if event.state != Event.State.PUBLISHED:
        raise Refused("This event is not taking place.")
    if not event.check_in_is_open:
        raise Refused("Check-in opens on the day of the event.")


@transaction.atomic
def undo_check_in(place: SignUp, *, by: User) -> SignUp:
    """Undo a mistaken check-in. Whoever was in over the capacity waits again. Undoing twice changes nothing."""
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    if place.checked_in_at is None:
        return place
    if place.has_given_feedback:
        raise Refused("This person has given feedback already, so they were there.")
    guards.UNDO_CHECK_IN.ask(place, by=by)
    place.checked_in_at = None
    if place.is_over_capacity:
        place.status, place.is_over_capacity = SignUp.Status.WAITING, False
    place.save(update_fields=["checked_in_at", "status", "is_over_capacity"])
    event.arrived -= 1
    keep_count(event)
    log_action("events.undid_check_in", by=by, about=event, place=place.pk)
    return place


@transaction.atomic
def release(place: SignUp, *, by: User) -> SignUp:
    """Take back the place of someone who has not come, once the event has started. Releasing twice changes nothing.

    It goes to whoever is in the room over the capacity, else it stays free for the door.
    """
    require(can_run_event(by, place.event), NOT_STAFF)
    event, place = lock_place(place)
    if place.status == SignUp.Status.CANCELLED:
        return place
    _refuse_to_release(event, place)
    give_up(event, place, because=SignUp.Ended.RELEASED)
    log_action("events.released", by=by, about=event, place=place.pk)
    queue_message(emails.release, place, to=place.person)
    return place


def _refuse_to_release(event: Event, place: SignUp) -> None:
    _refuse_before_the_day(event)
    if event.has_ended:
        raise Refused("This event is over, so its places stay as they were.")
    if not check_in_has_begun(event):
        raise Refused("Places can be released once check-in has begun.")
    if place.checked_in_at:
        raise Refused(f"{place.person} is checked in, so the place is in use.")


@transaction.atomic
def walk_in(
    event: Event,
    *,
    by: User,
    name: str,
    email: str,
    organisation: Organisation | None = None,
    for_themselves: bool = False,
    kind: ParticipantKind | None = None,
) -> SignUp:
    """Check in somebody who came without signing up, with a new account without a password where they have none.

    Somebody who had signed up is checked in with that place. Without `organisation` and `for_themselves` the place is
    for the organisation that the person belongs to.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    _refuse_before_the_day(event)
    person = _person(name, email)
    place = living_place(event, person)
    if place is None:
        refuse_other_kind(event, kind)
        place = event.sign_ups.create(
            person=person,
            organisation=organisation or (None if for_themselves else _own_organisation(person)),
            kind=kind,
            status=SignUp.Status.WAITING,
            position=event.next_position,
            signed_up_at=clock.now(),
        )
        event.next_position += 1
        log_action("events.walked_in", by=by, about=event, place=place.pk)
    else:
        place.person = person
    return _arrive(event, place, by=by)


def _own_organisation(person: User) -> Organisation | None:
    """The one organisation of a person, if any; Refused where there are several or only their address suggests one."""
    own = organisations_of(person)
    if len(own) > 1:
        names = " and to ".join(str(each) for each in own)
        raise Refused(f"{person} belongs to {names}. Choose the one they come for.", field="organisation")
    if own:
        return own[0]
    if suggested := organisations_for(domain_of(person.email)):
        names = series((each.full_name for each in suggested), last="or")
        raise Refused(
            f"{person.email} is an address of {names}. Choose it, or tick that they come for themselves.",
            field="organisation",
        )
    return None


def _person(name: str, email: str) -> User:
    """The account with that address, or a new one, which can only be entered through a code sent to it."""
    if known := person_at(email):
        return known
    try:
        with transaction.atomic():
            return User.objects.create_user(email.strip(), name=name)
    except IntegrityError:
        # The desk of another event has just made it.
        if known := person_at(email):
            return known
        raise
