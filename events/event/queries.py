"""Reads of one event that need no places."""

from dataclasses import replace

from accounts.models import User
from events.event.agenda import AgendaEntry, SpeakerName
from events.event.models import Event

_ITEM = ("at", "title", "note", "day")
_SPEAKER = tuple(
    f"speakers__{name}" for name in ("pk", "name", "role", "organisation_name", "organisation__slug", "person")
)


def agenda_of(event: Event) -> list[AgendaEntry]:
    """The agenda of an event with its speakers, in order and in one query."""
    rows = event.agenda.order_by("day", "at", "pk", "speakers__order").values_list("pk", *_ITEM, *_SPEAKER)
    entries: dict[int, AgendaEntry] = {}
    for item, at, title, note, day, key, name, role, organisation, slug, person in rows:
        entry = entries.setdefault(item, AgendaEntry(at=at, title=title, note=note, day=day))
        if key is not None:
            speaker = SpeakerName(name, role, organisation, slug or "", key, person)
            entries[item] = replace(entry, speakers=(*entry.speakers, speaker))
    return list(entries.values())


def who_is_asked(event: Event) -> User | None:
    """The person named as contact of an event, while their account is open."""
    return event.contact if event.contact and event.contact.is_active else None


def brings_prototypes(event: Event) -> bool:
    """Whether an event has prototypes to vote on, or will: every Co-Design Day makes some."""
    return event.kind == Event.Kind.CO_DESIGN_DAY or event.prototypes.exists()
