"""Reads of one event, whoever comes to it."""

from accounts.models import User
from events.event.agenda import Entry
from events.event.models import Event


def agenda_of(event: Event) -> list[Entry]:
    """What happens at an event, in order."""
    items = event.agenda.order_by("day", "at", "pk")
    return [Entry(at=item.at, title=item.title, note=item.note, day=item.day) for item in items]


def who_is_asked(event: Event) -> User | None:
    """Who put their name to an event, while their account is open."""
    return event.contact if event.contact and event.contact.is_active else None


def brings_prototypes(event: Event) -> bool:
    """Whether there are prototypes to vote on at an event, or will be: every Co-Design Day makes some."""
    return event.kind == Event.Kind.CO_DESIGN_DAY or event.prototypes.exists()
