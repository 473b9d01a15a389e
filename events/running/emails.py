"""The message from those who run an event, as it goes to each of its people."""

from django.conf import settings

from accounts.models import User
from events.event.letters import letter
from events.event.models import Event
from events.running.models import EventMessage
from events.running.queries import places_of
from outbox.kinds import Letter, kind


@kind(
    "events.message",
    "Those who run an event write to you",
    about=lambda: EventMessage.objects.select_related("event", "by"),
    began="event.starts_at",
)
def message(one: EventMessage, to: User | None) -> Letter | None:
    """What they wrote; nothing where the day was cancelled, or the reader is no longer one of those it went to."""
    event = one.event
    if event.state == Event.State.CANCELLED:
        return None
    place = places_of(event, one.audience).filter(person=to).first()
    return place and letter_of(one, place_url=settings.BASE_URL + place.get_absolute_url())


def letter_of(one: EventMessage, *, place_url: str) -> Letter:
    """The letter, for its preview too."""
    return letter(one.event, "message", message=one, place_url=place_url)
