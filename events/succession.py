"""Places of a council's people at events to come, and the events that it hosts, for its successor."""

from django.db.models import QuerySet

from core import clock
from councils.models import Organisation
from councils.succession import RunningWork, Succession
from events.models import Event, SignUp


def _places(council: Organisation) -> QuerySet[SignUp]:
    to_come = SignUp.objects.filter(organisation=council, event__starts_at__gt=clock.now())
    return to_come.exclude(status=SignUp.Status.CANCELLED)


def _hand_on_place(place: SignUp, succession: Succession) -> None:
    place.organisation = succession.to
    place.save(update_fields=["organisation"])


def _hosted(council: Organisation) -> QuerySet[Event]:
    return Event.objects.filter(host=council, starts_at__gt=clock.now())


def _hand_on_event(event: Event, succession: Succession) -> None:
    event.host = succession.to
    event.save(update_fields=["host"])


RUNNING = (
    RunningWork(("place at an event to come", "places at events to come"), _places, _hand_on_place),
    RunningWork(("event to come that it hosts", "events to come that it hosts"), _hosted, _hand_on_event, str),
)
