"""Permissions of the savings that people tell of."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from events.event.models import Event
from events.leads.models import Lead
from events.places.models import was_there


def can_tell_of_saving(user: AnyUser, event: Event) -> bool:
    """Everybody who was at the event, whatever they answered to its feedback, and whether they did."""
    return user.is_authenticated and event.sign_ups.filter(was_there(), person=user).exists()


def can_follow_leads(user: AnyUser) -> bool:
    """The secretariat follows up what could be saved."""
    return acts_as(user, Role.SECRETARIAT)


def visible_leads(user: AnyUser) -> QuerySet[Lead]:
    """All of them for the secretariat, none for anybody else."""
    return Lead.objects.all() if can_follow_leads(user) else Lead.objects.none()
