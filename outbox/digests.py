"""Digests: what waits for a person comes in one message, each thing once.

The parts of a digest are fixed when it is asked for, so that a second try says the same.
"""

import datetime as dt

from django.db import transaction

from accounts.models import User
from core import clock
from outbox.emails import digest
from outbox.models import Message, Pace
from outbox.operations import queue_message
from outbox.queries import paces_of

State = Message.State
COMES_AT = dt.time(7)  # in London
WEEKDAY = 0  # Monday


def ask_for_digests() -> None:
    """Ask for today's digest to everybody for whom something waits; on Mondays for what comes once a week too."""
    today = clock.today()
    waiting = Message.objects.filter(state=State.IN_DIGEST, digest=None, person__is_active=True)
    for person in User.objects.filter(pk__in=waiting.order_by().values("person")).order_by("pk"):
        _ask_for_digest(person, today)


@transaction.atomic
def _ask_for_digest(person: User, day: dt.date) -> None:
    """Ask for a person's digest of a day and put into it what is due. One that has been tried takes no more parts."""
    once_a_week = [name for name, pace in paces_of(person).items() if pace == Pace.WEEKLY]
    parts = Message.objects.filter(person=person, state=State.IN_DIGEST, digest=None)
    if day.weekday() != WEEKDAY:
        parts = parts.exclude(kind__in=once_a_week)
    if not parts.exists():
        return
    comes_at = dt.datetime.combine(day, COMES_AT, clock.LONDON)
    queue_message(digest, None, to=person, key=day.isoformat(), not_before=comes_at, day=day.isoformat())
    asked = Message.objects.select_for_update().filter(person=person, kind=digest.name, details__day=day.isoformat())
    if one := asked.filter(state=State.WAITING, tries=0).first():
        parts.update(digest=one)


def note_parts(one: Message, state: Message.State) -> None:
    """Note in what is left in a digest what became of it. One that failed gives it back, to the next digest."""
    parts = Message.objects.filter(digest=one, state=State.IN_DIGEST)
    if state == State.FAILED:
        parts.update(digest=None)
    elif state in {State.SENT, State.NOT_NEEDED}:
        parts.update(state=state, sent_at=clock.now() if state == State.SENT else None)
