"""Planning an event: drafted, published, announced."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from councils.models import Service
from events.event.agenda import AgendaEntry
from events.event.models import Event
from events.event.skills import Skill
from events.permissions import can_facilitate_events, can_run_event
from events.places.operations import keep_quotas, lock, make_default_kinds
from events.programme.agenda_rows import write_agenda
from events.programme.rules import (
    NOT_STAFF,
    refuse_closed_sign_up,
    refuse_contact,
    refuse_skills,
    refuse_unfinished_discovery,
    refuse_what_is_over,
    refuse_wrong_agenda,
    refuse_wrong_closing,
    refuse_wrong_times,
)
from projects.models import Need, Purpose

# The words that lead to another page below /events/.
RESERVED = frozenset({"new", "skills"})


def publish_event(*, by: User, **fields: Any) -> Event:
    """Create an event that is open for sign-up; `fields` may hold `services`, `agenda`, `skills`, `purposes`, the
    `needs` it takes up, and `quotas`: how many places it keeps for a kind of people, by its key."""
    return _add(by=by, state=Event.State.PUBLISHED, **fields)


def draft_event(*, by: User, **fields: Any) -> Event:
    """Create an event that only facilitators and the secretariat see; `fields` as for `publish_event`."""
    return _add(by=by, state=Event.State.DRAFT, **fields)


@transaction.atomic
def _add(
    *,
    by: User,
    services: Iterable[Service] = (),
    needs: Iterable[Need] = (),
    agenda: Sequence[AgendaEntry] = (),
    skills: Iterable[Skill] = (),
    purposes: Iterable[Purpose] = (),
    quotas: Mapping[str, int] | None = None,
    **fields: Any,
) -> Event:
    require(can_facilitate_events(by), NOT_STAFF)
    event = Event(made_by=by, **fields)
    refuse_skills(event, skills)
    refuse_wrong_times(event)
    refuse_wrong_closing(event)
    refuse_wrong_agenda(event, agenda)
    refuse_contact(event, planner=by, before=None)
    _refuse_no_places(event.capacity)
    refuse_unfinished_discovery(event)
    if event.state == Event.State.PUBLISHED:
        refuse_what_is_over(event)
    save_with_slug(event, event.slug or event.title, reserved=RESERVED)
    if services:
        event.services.set(services)
    if needs:
        event.needs.set(needs)
    if skills:
        event.skills.set(skills)
    if purposes:
        event.purposes.set(purposes)
    write_agenda(event, agenda)
    make_default_kinds(event)
    keep_quotas(event, quotas or {})
    log_action("events.published" if event.state == Event.State.PUBLISHED else "events.drafted", by=by, about=event)
    return event


def _refuse_no_places(capacity: int) -> None:
    if capacity < 1:
        raise Refused("An event has at least one place.", field="capacity")


@transaction.atomic
def announce_draft(event: Event, *, by: User) -> Event:
    """Publish a draft. Announcing twice changes nothing."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.state == Event.State.DRAFT:
        refuse_what_is_over(event)
        refuse_closed_sign_up(event)
        refuse_unfinished_discovery(event)
        event.state = Event.State.PUBLISHED
        event.save(update_fields=["state"])
        log_action("events.published", by=by, about=event)
    return event
