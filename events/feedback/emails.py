"""The words of each message after an event."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from core.words import day_in_words
from events.event.letters import letter
from events.event.models import Event
from events.feedback.queries import is_taken
from events.places.models import SignUp, was_there
from outbox.kinds import Letter, kind
from projects.discoveries.permissions import visible_prototypes
from projects.needs.permissions import visible_needs

MOST_NAMED = 8


def _place_of_who_came(event: Event, to: User | None) -> SignUp | None:
    """The place of somebody who was there; None where the event was moved, cancelled or undone meanwhile."""
    if event.state != Event.State.PUBLISHED or not event.has_ended:
        return None
    return event.sign_ups.filter(was_there(), person=to).select_related("event").first() if to else None


def _letter(event: Event, to: User | None, template: str, **context: object) -> Letter:
    urls = {
        "feedback_url": settings.BASE_URL + reverse("events:feedback", args=[event.slug]),
        "feedback_until": day_in_words(event.feedback_closes_at),
        "saving_url": settings.BASE_URL + reverse("events:saving", args=[event.slug]),
    }
    return letter(event, template, person=to, **urls, **context)


@kind(
    "events.thanks",
    "Thank you for coming to an event, and what came out of it",
    about=Event,
    began="starts_at",
    can_be_turned_off=True,
)
def thanks(event: Event, to: User | None) -> Letter | None:
    """Thanks with what came out so far, and the feedback form for whoever has not given theirs."""
    place = _place_of_who_came(event, to)
    if place is None:
        return None
    anyone = AnonymousUser()
    came_out = {
        "prototypes": list(visible_prototypes(anyone).filter(events=event).order_by("title")[:MOST_NAMED]),
        "needs": list(visible_needs(anyone).filter(events=event).order_by("title")[:MOST_NAMED]),
    }
    return _letter(event, to, "thanks", asks=not place.has_given_feedback and is_taken(event), **came_out)


@kind(
    "events.feedback_reminder",
    "An event you were at asks for your feedback",
    about=Event,
    began="starts_at",
    can_be_turned_off=True,
)
def feedback_reminder(event: Event, to: User | None) -> Letter | None:
    """The question how it was, unless it has been answered or feedback has closed."""
    place = _place_of_who_came(event, to)
    if place is None or place.has_given_feedback or not is_taken(event):
        return None
    return _letter(event, to, "feedback_reminder")
