"""When the desk takes marks: on the day, and for two weeks afterwards to put right who came."""

import datetime as dt

from django.utils import timezone

from core import clock
from core.words import moment_in_words
from events.event.models import Event


def day_is_over(event: Event) -> dt.datetime:
    """The midnight in London after its last day, until which a phone keeps what it could not send."""
    last = timezone.localtime(event.ends_at, clock.LONDON).date()
    midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=clock.LONDON)
    return midnight.astimezone(dt.UTC)


def is_put_right(event: Event) -> bool:
    """Whether the day is over, so that what is pressed now puts right who came."""
    return event.check_in_is_open and event.now >= day_is_over(event)


def is_settled(event: Event) -> bool:
    """Whether who came stays as it is: once the feedback of those who came is counted."""
    return event.now >= event.feedback_closes_at


def why_shut(event: Event) -> str:
    """Why the desk takes no mark now, as a sentence; empty while it takes some."""
    if event.state == Event.State.CANCELLED:
        return f"This event is cancelled: {event.cancelled_reason}"
    if event.state != Event.State.PUBLISHED:
        return "This event is a draft."
    if not event.check_in_is_open:
        return "Check-in opens on the day of the event."
    if is_settled(event):
        until = moment_in_words(event.feedback_closes_at)
        return f"Who came could be put right until {until}. It is counted now and stays as it is."
    return ""


def earliest(event: Event) -> dt.datetime:
    """The first moment at which anybody can have come: the midnight in London before its first day."""
    first = timezone.localtime(event.starts_at, clock.LONDON)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)
