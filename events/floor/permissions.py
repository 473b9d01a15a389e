"""Permissions of questions from the floor."""

from accounts.models import AnyUser
from events.event.models import Event
from events.permissions import can_run_event
from events.places.models import SignUp
from events.places.queries import living_place


def is_at(event: Event, place: SignUp | None) -> bool:
    """Whether a place puts its holder at the event: checked in, or with a place once it has started."""
    if event.state != Event.State.PUBLISHED or place is None or place.status != SignUp.Status.CONFIRMED:
        return False
    return bool(place.checked_in_at) or event.has_started


def can_ask_from_floor(user: AnyUser, event: Event) -> bool:
    """Those at the event, in the room or online."""
    return is_at(event, living_place(event, user))


def can_moderate_floor(user: AnyUser, event: Event) -> bool:
    """Those who run the event, from its day on."""
    return event.check_in_is_open and can_run_event(user, event)


def can_read_floor(user: AnyUser, event: Event) -> bool:
    """Those at the event, and those who run it."""
    return can_ask_from_floor(user, event) or can_moderate_floor(user, event)
