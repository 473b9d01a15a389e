"""Reads of one event that need no places."""

from accounts.models import User
from events.event.agenda import AgendaEntry
from events.event.models import Event


def agenda_of(event: Event) -> list[AgendaEntry]:
    """The agenda of an event, in order."""
    items = event.agenda.order_by("day", "at", "pk")
    return [AgendaEntry(at=item.at, title=item.title, note=item.note, day=item.day) for item in items]


def who_is_asked(event: Event) -> User | None:
    """The person named as contact of an event, while their account is open."""
    return event.contact if event.contact and event.contact.is_active else None


def brings_prototypes(event: Event) -> bool:
    """Whether an event has prototypes to vote on, or will: every Co-Design Day makes some."""
    return event.kind == Event.Kind.CO_DESIGN_DAY or event.prototypes.exists()
