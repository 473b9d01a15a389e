"""Reminders before an event, and erasing access needs after it."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from audit.operations import log_action
from core import clock
from core.schedules import do_each
from events.event import keeping
from events.event.models import Event
from events.places import emails
from events.places.models import SignUp
from outbox.operations import queue_message

REMINDERS = ((SignUp.Reminder.WEEK, dt.timedelta(days=7)), (SignUp.Reminder.DAY, dt.timedelta(hours=24)))


def send_reminders() -> int:
    """Remind those with a place 7 days and 24 hours before, each once, but not those who have just signed up."""
    due = [(place, reminder) for reminder, before in REMINDERS for place in _to_remind(reminder, before)]
    return do_each(lambda each: _remind(*each), due)


def _to_remind(reminder: str, before: dt.timedelta) -> list[SignUp]:
    now = clock.now()
    soon = Event.objects.run_here().filter(state=Event.State.PUBLISHED, starts_at__gt=now, starts_at__lte=now + before)
    places = SignUp.objects.filter(event__in=soon, status=SignUp.Status.CONFIRMED, person__is_active=True)
    done = [SignUp.Reminder.DAY] if reminder == SignUp.Reminder.DAY else list(SignUp.Reminder)
    # Within the last day only the second reminder is sent.
    if reminder == SignUp.Reminder.WEEK:
        places = places.filter(event__starts_at__gt=now + dt.timedelta(hours=24))
    places = places.exclude(last_reminder__in=done).select_related("event", "person")
    return [place for place in places if place.signed_up_at < place.event.starts_at - before]


@transaction.atomic
def _remind(place: SignUp, reminder: str) -> bool:
    """Queue the reminder of one place, in a transaction of its own, so that a stop loses and repeats none."""
    still_theirs = SignUp.objects.filter(pk=place.pk, person=place.person).exclude(last_reminder=reminder)
    changed = still_theirs.update(last_reminder=reminder)
    if changed:
        # Of another start it is another reminder.
        key = f"{reminder} {place.event.starts_at:%Y-%m-%d %H:%M}"
        queue_message(emails.reminder, place, to=place.person, key=key)
    return bool(changed)


def remind_again(event: Event) -> None:
    """Have those who were reminded of the former start of the locked `event` reminded of its new one in time too."""
    ahead = [reminder for reminder, before in REMINDERS if event.starts_at - before > event.now]
    reminded = event.sign_ups.filter(last_reminder__in=ahead)
    stays = "" if SignUp.Reminder.WEEK in ahead else SignUp.Reminder.WEEK
    reminded.update(last_reminder=stays)


@transaction.atomic
def erase_access_needs() -> int:
    """Erase what people need and what they eat 14 days after the event. Told history keeps its made-up examples."""
    nothing = dict.fromkeys(SignUp.HEALTH, "")
    erased = SignUp.objects.filter(event__in=keeping.HEALTH.over).exclude(Q(**nothing)).update(**nothing)
    if erased:
        log_action("events.erased_access_needs", by=None, places=erased)
    return erased
