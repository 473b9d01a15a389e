"""How full an event is and the state of somebody's place, in the words of pages and mails."""

from core.words import counted
from events.event.models import Event
from events.places.models import SignUp
from events.places.queries import check_in_has_begun, waiting_count

WAS_WAITING = "You were on the waiting list"


def waiting_words(event: Event) -> str:
    """A sentence for somebody who waits: who gets the places that come free."""
    if event.has_ended:
        return ""
    if check_in_has_begun(event):
        begun = "The event has started" if event.has_started else "Check-in has begun"
        return f"{begun}: places that come free now are given at the door, to people who are there."
    return "When your turn comes, the place is yours at once and we write to you."


def places_sentence(event: Event) -> str:
    """How many places are left or how many wait, as a sentence for those who could still come."""
    if not event.is_full:
        return f"{event.places_left:,} of {counted(event.capacity, 'place')} left."
    waiting = waiting_count(event)
    queue = f"{counted(waiting, 'person', 'people')} waiting" if waiting else "Nobody is waiting yet"
    taken = "Its one place is" if event.capacity == 1 else f"All {event.capacity:,} places are"
    return f"{taken} taken. {queue}: you would be number {waiting + 1}."


def state_of(event: Event, place: SignUp | None = None) -> tuple[str, str]:
    """The words and colour of an event's tag; for those signed up, the state of their own place."""
    if event.state != Event.State.PUBLISHED:
        return event.get_state_display(), "coral" if event.state == Event.State.CANCELLED else "grey"
    if event.has_ended:
        return ("You were there", "teal") if place and place.checked_in_at else ("", "")
    if place is not None and place.checked_in_at:
        return "You are checked in", "teal"
    if place is not None and place.status == SignUp.Status.WAITING:
        return (WAS_WAITING, "grey") if event.has_started else (place.get_status_display(), "amber")
    if place is not None:
        return place.get_status_display(), "green"
    if event.has_started:
        return "On now", "violet"
    if not event.takes_sign_ups:
        return "Sign-up closed", "grey"
    if event.is_full:
        return "Waiting list", "amber"
    return counted(event.places_left, "place") + " left", "green"
