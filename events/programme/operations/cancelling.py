"""Cancelling an event."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from core.words import counted
from events import guards
from events.event.models import Event
from events.permissions import can_run_event
from events.places import emails
from events.places.operations import lock
from events.places.queries import checked_in, signed_up
from events.programme.rules import NOT_STAFF
from outbox.operations import queue_message


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
