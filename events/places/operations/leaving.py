"""What becomes of the places of somebody who closes their account."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from events.event.models import Event
from events.places.models import SignUp
from events.places.operations.queue import give_up, lock
from events.places.queries import living_place


@transaction.atomic
def leave_coming_events(person: User) -> int:
    """End the places of somebody at all events to come, and return how many; who waits next there gets them.

    Callers have asked who may. The events are locked in one order and before the account, as by whoever passes a place
    on.
    """
    mine = SignUp.objects.living().filter(person=person).values("event")
    to_come = Event.objects.filter(pk__in=mine, starts_at__gt=clock.now()).order_by("pk")
    return sum(_leave(event, person) for event in to_come.exclude(state=Event.State.CANCELLED))


def _leave(event: Event, person: User) -> bool:
    event = lock(event)
    place = living_place(event, person)
    if place is None or place.checked_in_at or event.has_started:
        return False
    promoted = give_up(event, place)
    # By nobody: the trail keeps the name of no account that is closed.
    log_action("events.left_on_closing", by=None, about=event, place=place.pk, promoted=[one.pk for one in promoted])
    return True
