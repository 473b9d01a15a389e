"""One's own calendar: given a secret address, given another, turned off."""

import uuid

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.permissions import require
from events.places.feeds import OwnCalendar

NOT_YOURS = "Everybody gives their own calendar its address."


@transaction.atomic
def new_own_calendar(person: User, *, by: User) -> OwnCalendar:
    """Give somebody's calendar of their own days a new secret address; an earlier one opens nothing any more."""
    require(by.is_authenticated and by.is_active and by == person, NOT_YOURS)
    calendar, _ = OwnCalendar.objects.update_or_create(person=person, defaults={"key": uuid.uuid4()})
    log_action("events.own_calendar_given", by=by, about=person)
    return calendar


@transaction.atomic
def turn_off_own_calendar(person: User, *, by: User) -> None:
    """Take the secret address away, so that it opens nothing. Turning off twice changes nothing."""
    require(by.is_authenticated and by == person, NOT_YOURS)
    if OwnCalendar.objects.filter(person=person).delete()[0]:
        log_action("events.own_calendar_turned_off", by=by, about=person)
