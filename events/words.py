"""Sentences that pages and mails say alike."""

from core.text import counted
from events.models import Event
from events.queries import check_in_has_begun, waiting_count

WAS_WAITING = "You were on the waiting list"


def waiting_words(event: Event) -> str:
    """What becomes of places that come free, for somebody who waits for one."""
    if event.has_ended:
        return ""
    if check_in_has_begun(event):
        begun = "The event has started" if event.has_started else "Check-in has begun"
        return f"{begun}: places that come free now are given at the door, to people who are there."
    return "When your turn comes, the place is yours at once and we write to you."


def places_sentence(event: Event) -> str:
    """How full it is, for those who could still come."""
    if not event.is_full:
        return f"{event.places_left:,} of {counted(event.capacity, 'place')} left."
    waiting = waiting_count(event)
    queue = f"{counted(waiting, 'person', 'people')} waiting" if waiting else "Nobody is waiting yet"
    taken = "Its one place is" if event.capacity == 1 else f"All {event.capacity:,} places are"
    return f"{taken} taken. {queue}: you would be number {waiting + 1}."
