"""The operation with which those who run an event write to its people."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import moment_in_words
from events.event import keeping
from events.event.models import Event
from events.permissions import can_run_event
from events.places.operations import lock
from events.running import emails
from events.running.models import EventMessage
from events.running.queries import people_of, sizes_of_audiences
from outbox.operations import queue_message

NOT_STAFF = "Only those who run an event write to its people."
MOST_A_DAY, A_DAY = 5, dt.timedelta(hours=24)


@transaction.atomic
def write_to_people(event: Event, *, by: User, audience: str, subject: str, words: str) -> EventMessage:
    """Write to everybody with a place, who waits, or who came; each gets one mail. At most five a day for an event."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_where_nobody_is_written_to(event)
    lately = event.messages.filter(at__gt=clock.now() - A_DAY).order_by("at")
    if len(lately) >= MOST_A_DAY:
        again = moment_in_words(lately[0].at + A_DAY)
        raise Refused(f"{MOST_A_DAY} messages went out in the last 24 hours. You can write again from {again}.")
    people = people_of(event, audience)
    if not people:
        who = EventMessage.Audience(audience).label.replace("Everybody", "Nobody")
        if sizes_of_audiences(event)[audience].without:
            raise Refused("None of them gave an address, so it would reach nobody.", field="audience")
        raise Refused(f"{who} yet, so it would reach nobody.", field="audience")
    one = event.messages.create(
        by=by, audience=audience, subject=subject, words=words, at=clock.now(), people=len(people)
    )
    log_action("events.wrote_to_people", by=by, about=event, message=one.pk, audience=audience, people=len(people))
    queue_message(emails.message, one, to=people, key="once")
    return one


def refuse_where_nobody_is_written_to(event: Event) -> None:
    """Refuse a message about a draft, or about a day that was cancelled: everybody was told of that."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled, and everybody was told.")
    if event.state == Event.State.DRAFT:
        raise Refused("This event is a draft, so nobody has signed up.")


@transaction.atomic
def forget_messages() -> int:
    """Delete what organisers wrote to people of events that have been over for 12 months; how many messages."""
    forgotten, _ = EventMessage.objects.filter(event__in=keeping.MESSAGES.over).delete()
    if forgotten:
        log_action("events.forgot_messages", by=None, messages=forgotten)
    return forgotten
