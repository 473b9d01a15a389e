"""Changing an event, its time and place and how many places it has."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import CHANGED_SINCE, Refused
from core.permissions import require
from councils.models import Service
from events.event import access
from events.event.agenda import AgendaEntry, in_order
from events.event.deadlines import as_long_before
from events.event.models import Event
from events.event.queries import agenda_of
from events.event.skills import Skill
from events.permissions import can_run_event
from events.places import emails
from events.places.operations import give_out, lock, make_default_kinds, move_with_start, resize
from events.places.queries import signed_up
from events.programme.agenda_rows import write_agenda
from events.programme.moving import MOVES_WITH_IT, TOLD, mark_of, refuse_wrong_move, what_moves
from events.programme.rules import (
    NOT_STAFF,
    refuse_cancelled,
    refuse_contact,
    refuse_skills,
    refuse_unfinished_discovery,
    refuse_what_is_over,
    refuse_wrong_agenda,
    refuse_wrong_closing,
    refuse_wrong_times,
)
from outbox.operations import queue_message
from projects.models import Purpose
from questions.queries import asks_for_totals

CHANGEABLE = TOLD | {
    "title",
    "summary",
    "stream",
    "kind",
    "sign_up_closes_at",
    "directions",
    "audience",
    *access.QUESTIONS,
    "access_note",
    "host",
    "contact",
    "discovery",
    "source",
    "is_illustrative",
}


@transaction.atomic
def change_event(
    event: Event,
    *,
    by: User,
    services: Sequence[Service] | None = None,
    agenda: Sequence[AgendaEntry] | None = None,
    those_over: str = "",
    over: int | None = None,
    skills: Sequence[Skill] | None = None,
    purposes: Sequence[Purpose] | None = None,
    read_at: int | None = None,
    knows: str | None = None,
    reason: str = "",
    **fields: Any,
) -> Event:
    """Change an event; everybody signed up is written to about another time or place, with the `reason`.

    `read_at` is the revision that the changes were made to: refused where the event has changed since. Where it gets
    fewer places than are taken, `those_over` says what becomes of those over, of whom whoever saves has read that they
    are `over`. What `events.programme.moving` refuses
    is refused. What was set by its start moves with it; `knows` is the mark of what whoever saves has read of that,
    refused where it is not what would move.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_cancelled(event)
    had_ended, contact, was, was_when = event.has_ended, event.contact_id, event.starts_at, event.when
    capacity = fields.pop("capacity", event.capacity)
    agenda_before = agenda_of(event)
    changed = {name for name in CHANGEABLE & fields.keys() if getattr(event, name) != fields[name]}
    moving = what_moves(event, fields["starts_at"], without=changed) if "starts_at" in changed else []
    for name in changed:
        setattr(event, name, fields[name])
    if "starts_at" in changed and "sign_up_closes_at" not in changed:
        event.sign_up_closes_at = as_long_before(event.sign_up_closes_at, start=was, new_start=event.starts_at)
    if agenda is not None and in_order(agenda) != agenda_before:
        changed.add("agenda")
    if services is not None and set(services) != set(event.services.all()):
        changed.add("services")
    if skills is None and "stream" in changed and event.stream != Event.Stream.SKILLS:
        skills = ()  # what it taught belonged to the stream
    if skills is not None and set(skills) != set(event.skills.all()):
        changed.add("skills")
    if purposes is not None and set(purposes) != set(event.purposes.all()):
        changed.add("purposes")
    if capacity != event.capacity:
        changed.add("capacity")
    if changed and read_at not in {None, event.revision}:
        raise Refused(CHANGED_SINCE)
    refuse_wrong_times(event)
    if "sign_up_closes_at" in changed:
        refuse_wrong_closing(event)
    refuse_wrong_move(event, changed, had_ended=had_ended, reason=reason)
    if changed & {"kind", "discovery"}:
        refuse_unfinished_discovery(event)
    refuse_contact(event, planner=by, before=contact)
    refuse_skills(event, skills or ())
    refuse_wrong_agenda(event, agenda_before if agenda is None else agenda)
    if "agenda" in changed:
        write_agenda(event, agenda or ())
    if event.state == Event.State.PUBLISHED and not had_ended:
        refuse_what_is_over(event)
    if had_ended and not event.has_ended and asks_for_totals(event.question_set_id):
        raise Refused("Totals of what was answered at sign-up can be read already. Plan a new event.", field="ends_at")
    if knows is not None and knows != mark_of(moving):
        raise Refused(MOVES_WITH_IT)
    if "starts_at" in changed:
        move_with_start(event, was)
    if "capacity" in changed:
        resize(event, capacity, those_over=those_over, read=over)
    if "services" in changed:
        event.services.set(services or ())
    if "skills" in changed:
        event.skills.set(skills or ())
    if "purposes" in changed:
        event.purposes.set(purposes or ())
    if "kind" in changed:
        make_default_kinds(event)
    if changed:
        event.revision += 1
        event.save()
        if "starts_at" in changed:
            give_out(event)
        why = {"reason": reason} if reason and changed & TOLD else {}
        log_action("events.changed", by=by, about=event, changed=sorted(changed), **why)
    if changed & TOLD and event.state == Event.State.PUBLISHED and not event.has_started:
        was_when = was_when if was_when != event.when else ""
        queue_message(emails.event_changed, event, to=signed_up(event), why=reason, was=was_when)
    return event


@transaction.atomic
def set_capacity(event: Event, *, by: User, capacity: int, those_over: str = "") -> Event:
    """Set how many places an event has; new ones go to those who wait.

    Fewer than are taken is refused, unless `those_over` says what becomes of those over (`resize`).
    """
    return change_event(event, by=by, capacity=capacity, those_over=those_over)
