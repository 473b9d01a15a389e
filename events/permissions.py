"""Permissions of events."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import Role
from core.permissions import EVERYONE, role_label
from events.event.models import Event


def visible_events(user: AnyUser) -> QuerySet[Event]:
    """Published and cancelled ones for everyone; drafts for facilitators."""
    if has_role(user, Role.FACILITATOR):
        return Event.objects.all()
    return Event.objects.published()


def reader_groups(event: Event) -> list[str]:
    """`visible_events` as search stores it."""
    return [role_label(Role.FACILITATOR)] if event.state == Event.State.DRAFT else [EVERYONE]


def can_facilitate_events(user: AnyUser) -> bool:
    """Facilitators and nobody else; guards their pages."""
    return acts_as(user, Role.FACILITATOR)


def can_run_event(user: AnyUser, event: Event) -> bool:
    """Facilitators run every event: there is one team of them."""
    return acts_as(user, Role.FACILITATOR)


def reads_as_staff(user: AnyUser) -> bool:
    """Whether to show what facilitators see on an event's page; their actions ask for the second factor as well."""
    return has_role(user, Role.FACILITATOR)
