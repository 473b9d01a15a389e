"""The line about questions from the floor on the page of those who run an event."""

from django.urls import reverse

from accounts.models import AnyUser
from core.inbox import Action
from core.words import counted
from events.event.models import Event
from events.event.running import RunLine
from events.floor.queries import waiting_from_floor


def floor_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many questions wait, from the day of the event on."""
    if not event.check_in_is_open:
        return []
    waiting = waiting_from_floor(event)
    words = f"{counted(waiting, 'waits', 'wait')}." if waiting else "None waits."
    action = Action("See the questions", reverse("events:floor", args=[event.slug]), is_second=True)
    return [RunLine("Questions from the floor", words, action)]
