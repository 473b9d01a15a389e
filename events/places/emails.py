"""The words and recipients of each message."""

from django.conf import settings

from core import clock, mail
from core.words import moment_in_words
from events.event import calendars
from events.places.models import PlaceOffer, SignUp
from events.places.queries import queue_position
from events.places.standing import waiting_words


def _write(
    place: SignUp, template: str, *, to: str = "", entry: bytes = b"", joins: bool = False, **context: object
) -> None:
    """Send the message `template` about a place; with `joins`, it has the link to join online."""
    event = place.event
    mail.send(
        to=to or place.person.email,
        template=f"emails/event_{template}",
        context={
            "place": place,
            "event": event,
            "place_url": settings.BASE_URL + place.get_absolute_url(),
            "join_url": event.join_url if joins else "",
            "event_url": settings.BASE_URL + event.get_absolute_url(),
            **context,
        },
        attachments=((calendars.FILE_NAME, entry, calendars.CONTENT_TYPE),) if entry else (),
    )


def _entry(place: SignUp) -> bytes:
    """The calendar file for whoever holds the place; dated now, so that it replaces an earlier cancellation."""
    return calendars.event_file(place.event, made_at=clock.now())


def _cancelling(place: SignUp) -> bytes:
    """The calendar file for whoever gave the place back."""
    return calendars.cancelling_file(place.event, made_at=clock.now())


def confirmation(place: SignUp) -> None:
    """Write that somebody has a place, with its calendar entry, or is in the queue."""
    if place.status == SignUp.Status.CONFIRMED:
        _write(place, "confirmed", entry=_entry(place), joins=True)
    elif place.status == SignUp.Status.WAITING:
        _write(place, "waiting", queue_position=queue_position(place), waiting_words=waiting_words(place.event))


def promotion(place: SignUp) -> None:
    if place.status == SignUp.Status.CONFIRMED:
        _write(place, "promoted", entry=_entry(place), joins=True)


def cancellation(place: SignUp) -> None:
    if place.status == SignUp.Status.CANCELLED:
        _write(place, "given_back", entry=_cancelling(place))


def release(place: SignUp) -> None:
    """Write that the desk released the place; the person may still be on their way."""
    if place.status == SignUp.Status.CANCELLED:
        _write(place, "released")


def reminder(place: SignUp) -> None:
    if place.status == SignUp.Status.CONFIRMED:
        _write(place, "reminder", entry=_entry(place), joins=True)


def event_changed(place: SignUp) -> None:
    """Write what has changed; whoever waits has no calendar entry to update."""
    if place.status == SignUp.Status.CONFIRMED:
        _write(place, "changed", entry=_entry(place), joins=True)
    elif place.status == SignUp.Status.WAITING:
        _write(place, "changed")


def event_cancelled(place: SignUp) -> None:
    if place.status != SignUp.Status.CANCELLED:
        _write(place, "cancelled", entry=_entry(place))


def offer(one: PlaceOffer) -> None:
    """Write to the address offered, whether or not it has an account."""
    if not one.why_over:
        url, expires = settings.BASE_URL + one.get_absolute_url(), moment_in_words(one.expires_at)
        _write(one.place, "offered", to=one.to_email, offer=one, offer_url=url, expires=expires)


def offer_accepted(one: PlaceOffer) -> None:
    """Write to the giver that the colleague accepted."""
    if one.state == PlaceOffer.State.ACCEPTED:
        _write(one.place, "accepted", to=one.giver.email, entry=_cancelling(one.place), offer=one)
