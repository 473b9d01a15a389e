"""Permissions of speakers."""

from accounts.models import AnyUser, User
from councils.permissions import organisations_of
from events.event.models import Event
from events.event.speakers import Speaker
from events.permissions import can_run_event
from events.places.queries import confirmed


def is_of_this_name(user: AnyUser, name: str) -> bool:
    """Whether an account has the name that stands on an agenda."""
    return user.is_authenticated and str(user).casefold() == name.casefold()


def can_be_speaker(user: AnyUser, speaker: Speaker) -> bool:
    """Whoever has the speaker's name, and a place at the event or runs it."""
    return is_of_this_name(user, speaker.name) and _is_of_event(user, speaker.item.event)


def _is_of_event(user: AnyUser, event: Event) -> bool:
    return can_run_event(user, event) or confirmed(event).filter(person=user.pk).exists()


def is_vouched_for(person: User, speaker: Speaker) -> bool:
    """Whether it is known that somebody is the speaker of their name: a member of the speaker's organisation, or
    somebody who runs the event. A name alone is no proof, since anybody can type it."""
    return can_run_event(person, speaker.item.event) or speaker.organisation in organisations_of(person)
