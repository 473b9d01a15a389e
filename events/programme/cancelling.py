"""What hangs on an event that somebody is about to cancel, said before the button."""

from typing import Any

from django.urls import reverse

from core.words import counted
from events.event.models import Event
from events.guards import Hanging, what_hangs_on
from events.places.queries import checked_in, waiting_count


def cancel_page(event: Event) -> dict[str, Any]:
    """What hangs on an event, as context: `stops` are the reasons why it cannot be cancelled; where there is none,
    `goes` is what becomes of the rest."""
    hanging = [*_places(event), *what_hangs_on(event)]
    stops = [each for each in hanging if each.stops]
    return {"stops": stops, "goes": [] if stops else hanging}


def _places(event: Event) -> list[Hanging]:
    """Who is there, who has a place and who waits."""
    found = []
    if event.has_ended:
        found.append(Hanging("It has taken place.", stops=True))
    if there := checked_in(event).count():
        who, desk = counted(there, "person is", "people are"), reverse("events:check_in", args=[event.slug])
        found.append(Hanging(f"{who} checked in, so it is taking place.", desk, stops=True))
    if found:
        return found  # it cannot be cancelled, so nobody is told anything
    if places := event.sign_ups.seated().count():
        found.append(Hanging(f"{counted(places, 'person has', 'people have')} a place, and {_is_told(places)}."))
    if waiting := waiting_count(event):
        found.append(Hanging(f"{counted(waiting, 'person', 'people')} on the waiting list {_is_told(waiting)}."))
    return found


def _is_told(number: int) -> str:
    return "is told at once" if number == 1 else "are told at once"
