"""Operations of those who run events: plan, announce, change, cancel, note what came out."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from core.words import counted
from councils.models import Service
from events import guards
from events.event import access
from events.event.agenda import AgendaEntry, in_order, outside
from events.event.models import Event
from events.event.queries import agenda_of
from events.event.skills import Skill
from events.permissions import can_facilitate_events, can_run_event
from events.places import emails
from events.places.operations import keep_quotas, lock, make_default_kinds, resize, shorten_offers
from events.places.queries import checked_in, signed_up
from events.programme.agenda_rows import write_agenda
from events.programme.moving import TOLD, refuse_wrong_move
from outbox.operations import queue_message
from projects.discoveries.operations import make_prototype
from projects.discoveries.queries import why_no_co_design_day
from projects.models import Discovery, Need, Prototype
from questions.queries import asks_for_totals

# The words that lead to another page below /events/.
RESERVED = frozenset({"new", "skills"})
NOT_STAFF = "Only those who run an event change it, and only facilitators and the secretariat plan one."
CHANGED_SINCE = (
    "Somebody else has changed this event since you opened the form. What it says now stands below, and yours is in "
    "the form. Put together what should stand, then save."
)
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


def publish_event(*, by: User, **fields: Any) -> Event:
    """Create an event that is open for sign-up; `fields` may hold `services`, `agenda`, `skills`, the `needs` it
    takes up, and `quotas`: how many places it keeps for a kind of people, by its key."""
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
    quotas: Mapping[str, int] | None = None,
    **fields: Any,
) -> Event:
    require(can_facilitate_events(by), NOT_STAFF)
    event = Event(made_by=by, **fields)
    _refuse_skills(event, skills)
    _refuse_wrong_times(event)
    _refuse_wrong_agenda(event, agenda)
    _refuse_contact(event, by=by, before=None)
    _refuse_no_places(event.capacity)
    _refuse_unfinished_discovery(event)
    if event.state == Event.State.PUBLISHED:
        _refuse_what_is_over(event)
    save_with_slug(event, event.slug or event.title, reserved=RESERVED)
    if services:
        event.services.set(services)
    if needs:
        event.needs.set(needs)
    if skills:
        event.skills.set(skills)
    write_agenda(event, agenda)
    make_default_kinds(event)
    keep_quotas(event, quotas or {})
    log_action("events.published" if event.state == Event.State.PUBLISHED else "events.drafted", by=by, about=event)
    return event


def _refuse_wrong_times(event: Event) -> None:
    if event.ends_at <= event.starts_at:
        raise Refused("An event ends after it starts.", field="ends_at")
    if event.sign_up_closes_at and event.sign_up_closes_at > event.starts_at:
        raise Refused("Sign-up closes when the event starts, or before.", field="sign_up_closes_at")


def _refuse_wrong_agenda(event: Event, agenda: Iterable[AgendaEntry]) -> None:
    """Refuse entries outside the event's hours; `outside` says how much earlier is allowed."""
    if found := outside(agenda, event.starts_at, event.ends_at):
        raise Refused(" ".join(found), field="agenda")


def _refuse_contact(event: Event, *, by: User, before: int | None) -> None:
    """Refuse to name somebody else as contact, and a contact without a host, who receives the questions."""
    if event.contact_id not in {None, before, by.pk}:
        raise Refused("Only you yourself can put your name down as the person to ask.", field="contact")
    if event.contact_id and not event.host_id:
        raise Refused("Choose the host as well: whoever asks, asks the host.", field="contact")


def _refuse_skills(event: Event, skills: Iterable[Skill]) -> None:
    if skills and event.stream != Event.Stream.SKILLS:
        raise Refused("Only an event of the stream Skills teaches skills.", field="skills")


def _refuse_what_is_over(event: Event) -> None:
    """Refuse to publish an event that is over: figures would count a day that nobody could come to."""
    if event.has_ended:
        raise Refused("This day is over. Give one that is to come.", field="ends_at")


def _refuse_unfinished_discovery(event: Event) -> None:
    """Refuse a Co-Design Day of a discovery whose Discovery Day has not brought all that it needs.

    Days of told history stand as they were. The discovery is locked, so that its verdict stays while this is decided.
    """
    if event.kind != Event.Kind.CO_DESIGN_DAY or event.discovery_id is None or event.is_told:
        return
    discovery = Discovery.objects.select_for_update().get(pk=event.discovery_id)
    if why := why_no_co_design_day(discovery):
        raise Refused(f"This discovery cannot go on to a Co-Design Day yet. {why}.", field="discovery")


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
        _refuse_what_is_over(event)
        _refuse_unfinished_discovery(event)
        event.state = Event.State.PUBLISHED
        event.save(update_fields=["state"])
        log_action("events.published", by=by, about=event)
    return event


@transaction.atomic
def change_event(
    event: Event,
    *,
    by: User,
    services: Sequence[Service] | None = None,
    agenda: Sequence[AgendaEntry] | None = None,
    those_over: str = "",
    skills: Sequence[Skill] | None = None,
    read_at: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Event:
    """Change an event; everybody signed up is written to about another time or place, with the `reason`.

    `read_at` is the revision that the changes were made to: refused where the event has changed since. Where it gets
    fewer places than are taken, `those_over` says what becomes of those over. What `events.programme.moving` refuses
    is refused.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_cancelled(event)
    had_ended, contact = event.has_ended, event.contact_id
    capacity = fields.pop("capacity", event.capacity)
    agenda_before = agenda_of(event)
    changed = {name for name in CHANGEABLE & fields.keys() if getattr(event, name) != fields[name]}
    for name in changed:
        setattr(event, name, fields[name])
    if agenda is not None and in_order(agenda) != agenda_before:
        changed.add("agenda")
    if services is not None and set(services) != set(event.services.all()):
        changed.add("services")
    if skills is None and "stream" in changed and event.stream != Event.Stream.SKILLS:
        skills = ()  # what it taught belonged to the stream
    if skills is not None and set(skills) != set(event.skills.all()):
        changed.add("skills")
    if capacity != event.capacity:
        changed.add("capacity")
    if changed and read_at not in {None, event.revision}:
        raise Refused(CHANGED_SINCE)
    _refuse_wrong_times(event)
    refuse_wrong_move(event, changed, had_ended=had_ended, reason=reason)
    if changed & {"kind", "discovery"}:
        _refuse_unfinished_discovery(event)
    _refuse_contact(event, by=by, before=contact)
    _refuse_skills(event, skills or ())
    _refuse_wrong_agenda(event, agenda_before if agenda is None else agenda)
    if "agenda" in changed:
        write_agenda(event, agenda or ())
    if event.state == Event.State.PUBLISHED and not had_ended:
        _refuse_what_is_over(event)
    if had_ended and not event.has_ended and asks_for_totals(event.question_set_id):
        raise Refused("Totals of what was answered at sign-up can be read already. Plan a new event.", field="ends_at")
    if "capacity" in changed:
        resize(event, capacity, those_over=those_over)
    if "starts_at" in changed:
        shorten_offers(event)
    if "services" in changed:
        event.services.set(services or ())
    if "skills" in changed:
        event.skills.set(skills or ())
    if "kind" in changed:
        make_default_kinds(event)
    if changed:
        event.revision += 1
        event.save()
        why = {"reason": reason} if reason and changed & TOLD else {}
        log_action("events.changed", by=by, about=event, changed=sorted(changed), **why)
    if changed & TOLD and event.state == Event.State.PUBLISHED and not event.has_started:
        queue_message(emails.event_changed, event, to=signed_up(event), why=reason)
    return event


def refuse_cancelled(event: Event) -> None:
    """Refuse to change an event that was cancelled."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled, so it can no longer be changed.")


@transaction.atomic
def set_capacity(event: Event, *, by: User, capacity: int, those_over: str = "") -> Event:
    """Set how many places an event has; new ones go to those who wait.

    Fewer than are taken is refused, unless `those_over` says what becomes of those over (`resize`).
    """
    return change_event(event, by=by, capacity=capacity, those_over=those_over)


@transaction.atomic
def cancel_event(event: Event, *, by: User, reason: str) -> Event:
    """Cancel the event and write to everyone signed up; its page stays. Cancelling twice changes nothing.

    Refused once people are checked in, and where a guard of an upper app refuses (`events.guards.CANCEL_EVENT`).
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    if event.state == Event.State.CANCELLED:
        return event
    if event.has_ended:
        raise Refused("This event has taken place, so it cannot be cancelled.")
    if there := checked_in(event).count():
        who = counted(there, "person is", "people are")
        raise Refused(f"{who} checked in, so this event is taking place and cannot be cancelled.")
    if not reason:
        raise Refused("Say why the event is cancelled.", field="reason")
    guards.CANCEL_EVENT.ask(event, by=by)
    event.state = Event.State.CANCELLED
    event.cancelled_reason = reason
    event.revision += 1
    event.save()
    log_action("events.cancelled", by=by, about=event, reason=reason)
    queue_message(emails.event_cancelled, event, to=signed_up(event))
    return event


@transaction.atomic
def record_prototype(
    event: Event,
    *,
    by: User,
    title: str,
    summary: str,
    volume: int,
    unit_cost_now: Decimal,
    unit_cost_then: Decimal,
    take_up: Decimal,
    one_off_cost: Decimal,
    made_by: str = "",
) -> Prototype:
    """Write down a prototype with its five figures and tie it to the day and to the day's discovery, all or nothing.

    Sent again, it returns the one that is there. For those who run the event, from its day on.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_prototype(event)
    if unit_cost_then > unit_cost_now:
        raise Refused("It would cost more than now. A prototype for a vote saves something.", field="unit_cost_then")
    sums = {
        "volume": volume,
        "unit_cost_now": unit_cost_now,
        "saving_per_unit": unit_cost_now - unit_cost_then,
        "take_up": take_up,
        "one_off_cost": one_off_cost,
    }
    assert event.discovery is not None  # refuse_prototype has refused
    prototype = make_prototype(event.discovery, by=by, title=title, summary=summary, made_by=made_by, sums=sums)
    bring_forth(event, by=by, prototypes=[prototype])
    return prototype


def refuse_prototype(event: Event) -> None:
    """Refuse where a day makes no prototypes: it was cancelled, has not begun, or belongs to no discovery."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if not event.check_in_is_open:
        raise Refused("The day of this event has not come yet, so it has made nothing.")
    if event.discovery is None:
        raise Refused("This event belongs to no discovery. Choose one under “Change the event” first.")


@transaction.atomic
def bring_forth(event: Event, *, by: User, needs: Iterable[Need] = (), prototypes: Iterable[Prototype] = ()) -> Event:
    """Add needs and prototypes to those that came out of a day."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    needs, prototypes = list(needs), list(prototypes)
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if needs:
        event.needs.add(*needs)
    if prototypes:
        event.prototypes.add(*prototypes)
    # Sets `updated_at`, so that whoever follows changes sees it.
    event.save(update_fields=["updated_at"])
    log_action(
        "events.brought_forth",
        by=by,
        about=event,
        needs=[need.pk for need in needs],
        prototypes=[prototype.pk for prototype in prototypes],
    )
    return event
