"""What moves with the start of an event: how long places are kept, councils capped, offers open, who is reminded."""

import datetime as dt

from django.db.models import QuerySet

from events.event.deadlines import as_long_before
from events.event.models import Event
from events.event.pools import Pool
from events.places import emails
from events.places.models import QueueLine, SignUp
from events.places.offers import PlaceOffer
from events.places.operations.around_the_day import remind_again
from events.places.operations.queue import note, settle_by
from events.places.room import BEFORE_THE_START, SHORTEST_OFFER
from outbox.operations import queue_message


def still_to_release(event: Event) -> list[Pool]:
    """The pools of an event that will be released at a moment to come."""
    return list(event.pools.live_at(event.now).filter(releases_at__isnull=False))


def offers_cut_short(event: Event, start: dt.datetime) -> tuple[QuerySet[SignUp], dt.datetime | None]:
    """The offered places of an event that starts at `start` which end earlier than they were to, and when.

    None where that leaves no time to answer: the places are theirs at once.
    """
    latest = start - BEFORE_THE_START
    offered = event.sign_ups.filter(status=SignUp.Status.OFFERED, lapses_at__gt=latest)
    return offered, latest if latest - event.now >= SHORTEST_OFFER else None


def move_with_start(event: Event, was: dt.datetime) -> None:
    """Have all that was set by the start of the locked `event`, which was at `was`, come as long before its new start.

    Places that have been released stay so, and so does a cap that has ended: others may have had them. The caller saves
    the event and gives out what has come free.
    """
    for pool in still_to_release(event):
        pool.releases_at = as_long_before(pool.releases_at, start=was, new_start=event.starts_at)
        pool.save(update_fields=["releases_at"])
    if event.council_cap_until and event.council_cap_until > event.now:
        event.council_cap_until = as_long_before(event.council_cap_until, start=was, new_start=event.starts_at)
    _shorten_offers(event)
    passed_on = PlaceOffer.objects.filter(place__event=event, state__in=PlaceOffer.LIVING)
    passed_on.filter(expires_at__gt=event.starts_at).update(expires_at=event.starts_at)
    # What a colleague has accepted waits for the organiser until the start, whenever that is.
    passed_on.filter(state=PlaceOffer.State.TO_AGREE).update(expires_at=event.starts_at)
    remind_again(event)


def _shorten_offers(event: Event) -> None:
    """Have the open offers end a day before the start at the latest.

    Where that leaves no time to answer, the place is theirs at once. How long the others last, the mail of the move
    says; a later start takes nobody's time, and gives no more.
    """
    offered, latest = offers_cut_short(event, event.starts_at)
    for place in offered.select_related("person").order_by("position"):
        place.event = event
        if latest:
            place.lapses_at = latest
            settle_by(event, latest)
        else:
            place.status, place.lapses_at = SignUp.Status.CONFIRMED, None
            note(event, place, QueueLine.What.PROMOTED, because="The event starts earlier now.")
            queue_message(emails.promotion, place, to=place.person)
        place.save(update_fields=["status", "lapses_at"])
