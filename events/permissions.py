"""Permissions of events."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import FACILITATING
from core.permissions import EVERYONE, role_label
from events.event.models import Event


def visible_events(user: AnyUser) -> QuerySet[Event]:
    """Published and cancelled ones for everyone; drafts for facilitators and the secretariat."""
    if has_role(user, *FACILITATING):
        return Event.objects.all()
    return Event.objects.published()


def reader_groups(event: Event) -> list[str]:
    """`visible_events` as search stores it."""
    return [*map(role_label, FACILITATING)] if event.state == Event.State.DRAFT else [EVERYONE]


def can_facilitate_events(user: AnyUser) -> bool:
    """Facilitators and the secretariat; guards the pages on which events are run."""
    return acts_as(user, *FACILITATING)


def can_run_event(user: AnyUser, event: Event) -> bool:
    """Facilitators and the secretariat run every event: there is one team of them."""
    return acts_as(user, *FACILITATING)


def reads_as_staff(user: AnyUser) -> bool:
    """Whether to show what those who run events see on its page; their actions ask for the second factor as well."""
    return has_role(user, *FACILITATING)
