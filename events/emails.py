"""The words and recipients of each message."""

from django.conf import settings

from core import mail
from events import calendars
from events.models import SignUp
from events.queries import queue_position


def _write(place: SignUp, template: str, *, with_calendar: bool = False, **context: object) -> None:
    event = place.event
    attachments = ((calendars.FILE_NAME, calendars.event_file(event), calendars.CONTENT_TYPE),) if with_calendar else ()
    mail.send(
        to=place.person.email,
        template=f"emails/event_{template}",
        context={
            "place": place,
            "event": event,
            "place_url": settings.BASE_URL + place.get_absolute_url(),
            "event_url": settings.BASE_URL + event.get_absolute_url(),
            **context,
        },
        attachments=attachments,
    )


def confirmation(place: SignUp) -> None:
    """A place with its calendar entry, or the place in the queue."""
    if place.status == SignUp.Status.CONFIRMED:
        _write(place, "confirmed", with_calendar=True)
    elif place.status == SignUp.Status.WAITING:
        _write(place, "waiting", queue_position=queue_position(place))


def promotion(place: SignUp) -> None:
    if place.status == SignUp.Status.CONFIRMED:
        _write(place, "promoted", with_calendar=True)


def cancellation(place: SignUp) -> None:
    if place.status == SignUp.Status.CANCELLED:
        _write(place, "given_back")


def passed_on(place: SignUp) -> None:
    if place.status != SignUp.Status.CANCELLED:
        has_place = place.status == SignUp.Status.CONFIRMED
        _write(place, "passed_on", with_calendar=has_place)


def reminder(place: SignUp) -> None:
    if place.status == SignUp.Status.CONFIRMED:
        _write(place, "reminder", with_calendar=True)


def event_changed(place: SignUp) -> None:
    if place.status != SignUp.Status.CANCELLED:
        _write(place, "changed", with_calendar=True)


def event_cancelled(place: SignUp) -> None:
    if place.status != SignUp.Status.CANCELLED:
        _write(place, "cancelled", with_calendar=True)
