"""Joining online: somebody with a place checks themselves in, and is led to the meeting."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from core.errors import Refused
from core.permissions import require
from events.desk.models import ONLINE, DeskMark
from events.desk.operations.marks import Press, note
from events.event.models import Event
from events.places.models import SignUp
from events.places.operations import lock
from events.places.queries import living_place

BEFORE_THE_START = dt.timedelta(minutes=15)
NO_PLACE = "Only people with a place can join online."


def may_join_now(event: Event) -> bool:
    """Whether the way to the meeting is open: from 15 minutes before the start until the end."""
    is_on = event.state == Event.State.PUBLISHED and bool(event.join_url)
    return is_on and event.starts_at - BEFORE_THE_START <= event.now < event.ends_at


@transaction.atomic
def join_online(event: Event, *, by: User) -> SignUp:
    """Note that somebody with a place joins online, which counts as coming. Joining again changes nothing."""
    require(by.is_authenticated and by.is_active, NO_PLACE)
    event = lock(event)
    place = living_place(event, by)
    require(place is not None and place.status == SignUp.Status.CONFIRMED, NO_PLACE)
    assert place is not None  # for the type checker
    if not may_join_now(event):
        raise Refused("You can join from 15 minutes before the start until the end.")
    place.event, place.person = event, by
    if place.checked_in_at and not place.left_at:
        return place
    return note(event, place, DeskMark.What.IN, by=by, press=Press(desk=ONLINE))
