"""Permissions of organisers and their invitations."""

from accounts.models import AnyUser
from accounts.queries import has_confirmed
from events.event.people import Organiser
from events.permissions import can_name_organisers


def can_accept_invitation(user: AnyUser, organiser: Organiser) -> bool:
    """Whoever has confirmed the e-mail address that was invited; once accepted, whoever accepted."""
    if not user.is_authenticated or not user.is_active:
        return False
    return organiser.person_id == user.pk or (bool(organiser.email) and has_confirmed(user, organiser.email))


def can_remove_organiser(user: AnyUser, organiser: Organiser) -> bool:
    """Whoever names organisers of the event, and the organiser."""
    is_own = user.is_authenticated and organiser.person_id == user.pk
    return is_own or can_name_organisers(user, organiser.event)
