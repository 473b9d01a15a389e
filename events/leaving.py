"""Events to come of a council that somebody helps to run, for a colleague. A place at an event is one's own."""

from django.db.models import QuerySet

from core import clock
from councils.leaving import PersonalWork, WorkHandedOver, gives
from events.models import Event, Organiser


def _helped() -> QuerySet[Organiser]:
    return Organiser.objects.filter(event__starts_at__gt=clock.now())


def _hand_on(part: Organiser, handing: WorkHandedOver) -> None:
    """A colleague who runs the event already does so once."""
    if Organiser.objects.filter(event=part.event_id, person=handing.to).exists():
        part.delete()
    else:
        part.person = handing.to
        part.save(update_fields=["person"])


OF_ONE_PERSON = (
    PersonalWork(
        ("event to come that they help to run", "events to come that they help to run"),
        _helped,
        "event__host",
        "person",
        _hand_on,
    ),
    PersonalWork(
        ("event to come that they are asked about", "events to come that they are asked about"),
        lambda: Event.objects.filter(starts_at__gt=clock.now()),
        "host",
        "contact",
        gives("contact"),
    ),
)
