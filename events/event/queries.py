"""Reads of one event that need no places."""

from dataclasses import replace

from django.db.models import F, QuerySet

from accounts.models import User
from core.statements import built_once
from events.event.agenda import AgendaEntry, SpeakerName, in_order
from events.event.models import Event
from events.event.people import ParticipantKind

_ITEM = ("at", "title", "note", "day", "clock")
_SPEAKER = tuple(
    f"speakers__{name}" for name in ("pk", "name", "role", "organisation_name", "organisation__slug", "person")
)


def agenda_of(event: Event) -> list[AgendaEntry]:
    """The agenda of an event with its speakers, in order and in one query."""
    rows = event.agenda.order_by("day", "at", "pk", "speakers__order").values_list("pk", *_ITEM, *_SPEAKER)
    entries: dict[int, AgendaEntry] = {}
    for item, at, title, note, day, clock, key, name, role, organisation, slug, person in rows:
        entry = entries.setdefault(item, AgendaEntry(at=at, title=title, note=note, day=day, clock=clock))
        if key is not None:
            speaker = SpeakerName(name, role, organisation, slug or "", key, person)
            entries[item] = replace(entry, speakers=(*entry.speakers, speaker))
    return in_order(entries.values())


_KIND = ("id", "key", "name", "order", "is_needed")


def published_with_kinds(slug: str) -> Event | None:
    """The published event of that address with its kinds of people, which `kinds_of` returns, in one query."""
    rows = _published(slug)
    if not rows:
        return None
    event = rows[0]
    found = [{name: getattr(row, f"kind_{name}") for name in _KIND} for row in rows]
    event.__dict__["_kinds"] = [ParticipantKind(event=event, **kind) for kind in found if kind["id"] is not None]
    return event


@built_once
def _published(slug: str) -> QuerySet[Event]:
    """The published event of that address, once for each of its kinds of people."""
    of_kind = {f"kind_{name}": F(f"participant_kinds__{name}") for name in _KIND}
    events = Event.objects.published().filter(slug=slug).annotate(**of_kind)
    return events.order_by("participant_kinds__order", "participant_kinds__pk")


def kinds_of(event: Event) -> list[ParticipantKind]:
    """The kinds of people of an event, in order."""
    known: list[ParticipantKind] | None = event.__dict__.get("_kinds")
    return list(event.participant_kinds.all()) if known is None else known


def who_is_asked(event: Event) -> User | None:
    """The person named as contact of an event, while their account is open."""
    return event.contact if event.contact and event.contact.is_active else None


def brings_prototypes(event: Event) -> bool:
    """Whether an event has prototypes to vote on, or will: every Co-Design Day makes some."""
    return event.kind == Event.Kind.CO_DESIGN_DAY or event.prototypes.exists()
