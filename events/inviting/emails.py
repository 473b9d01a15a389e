"""The message of an invitation."""

from django.db.models import QuerySet

from accounts.models import User
from events.event.letters import letter
from events.inviting.models import Invitation
from events.places.queries import living_place
from outbox.kinds import Letter, kind


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("event__host", "organisation", "invited_by")


@kind(
    "events.invitation",
    "You are invited to an event",
    about=_invitations,
    began="event.starts_at",
    can_be_turned_off=True,
)
def invitation(one: Invitation, to: User | None) -> Letter | None:
    """The invitation, unless sign-up has closed meanwhile or the person has a place already."""
    event = one.event
    if not event.takes_sign_ups or (to is not None and living_place(event, to)):
        return None
    return letter(event, "invitation", invitation=one)
