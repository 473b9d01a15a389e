"""Sentences that pages and mails say alike."""

from events.models import Event
from events.queries import check_in_has_begun


def waiting_words(event: Event) -> str:
    """What becomes of places that come free, for somebody who waits for one."""
    if event.has_ended:
        return ""
    if check_in_has_begun(event):
        begun = "The event has started" if event.has_started else "Check-in has begun"
        return f"{begun}: places that come free now are given at the door, to people who are there."
    return "When your turn comes, the place is yours at once and we write to you."
