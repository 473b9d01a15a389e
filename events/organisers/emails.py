"""The words of each message about running an event, as they are true when it is sent."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from core.words import moment_in_words
from events.event.letters import letter
from events.event.models import Event
from events.event.people import Organiser
from outbox.kinds import Letter, kind


def _organisers() -> QuerySet[Organiser]:
    return Organiser.objects.select_related("event", "person", "given_by")


def _letter(event: Event, template: str, **context: Any) -> Letter:
    return letter(event, f"organiser_{template}", **context)


@kind(
    "events.organiser_invited",
    "You are asked to run an event",
    about=_organisers,
    began="event.starts_at",
    holds_a_right=True,
)
def organiser_invited(organiser: Organiser, to: User | None) -> Letter | None:
    """The invitation, to its address, whether or not that has an account."""
    if organiser.why_over:
        return None
    return _letter(
        organiser.event,
        "invited",
        giver=organiser.given_by,
        url=settings.BASE_URL + organiser.get_absolute_url(),
        expires=moment_in_words(organiser.expires_at),
    )


@kind("events.organiser_accepted", "Somebody runs an event with you", about=_organisers, began="event.starts_at")
def organiser_accepted(organiser: Organiser, to: User | None) -> Letter | None:
    """That the person accepted, to whoever asked them."""
    return _letter(organiser.event, "accepted", organiser=organiser) if organiser.person else None


@kind("events.organiser_removed", "You do not run an event any more", about=Event, began="starts_at")
def organiser_removed(event: Event, to: User | None) -> Letter | None:
    is_back = event.organisers.filter(person=to).exists()
    return None if is_back else _letter(event, "removed")
