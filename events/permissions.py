"""Permissions of events."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import AnyUser, User
from accounts.permissions import acts_as, has_role, has_second_factor
from accounts.rights import remembered
from accounts.roles import FACILITATING, Role
from core.permissions import EVERYONE, person_label, role_label
from events.event.models import Event
from events.event.people import Organiser


def _organised_by(user: User) -> frozenset[int]:
    return frozenset(Organiser.objects.filter(person=user).values_list("event", flat=True))


def organises(user: AnyUser, event: Event | None = None) -> bool:
    """Whether somebody was made an organiser of this event, or of any: enough to read, not to act."""
    if not user.is_authenticated or not user.is_active:
        return False
    own = remembered(user, _organised_by)
    return bool(own) if event is None else event.pk in own


def visible_events(user: AnyUser) -> QuerySet[Event]:
    """Published and cancelled ones for everyone; drafts for facilitators, the secretariat and their organisers."""
    if has_role(user, *FACILITATING):
        return Event.objects.all()
    if not user.is_authenticated:
        return Event.objects.published()
    own = Organiser.objects.filter(event=OuterRef("pk"), person=user)
    return Event.objects.filter(~Q(state=Event.State.DRAFT) | Exists(own))


def reader_groups(event: Event) -> list[str]:
    """`visible_events` as search stores it."""
    if event.state != Event.State.DRAFT:
        return [EVERYONE]
    organisers = [person_label(each.person_id) for each in event.organisers.all() if each.person_id]
    return [*map(role_label, FACILITATING), *organisers]


def can_facilitate_events(user: AnyUser) -> bool:
    """Facilitators and the secretariat; guards the page on which events are planned."""
    return acts_as(user, *FACILITATING)


def can_run_events(user: AnyUser) -> bool:
    """Facilitators, the secretariat, and organisers of some event; guards the pages on which events are run.

    These pages look the event up through `events_run_by`: another’s is not found.
    """
    return can_facilitate_events(user) or (organises(user) and has_second_factor(user))


def events_run_by(user: AnyUser) -> QuerySet[Event]:
    """Every event for facilitators and the secretariat; for organisers their own. All of them with a second factor."""
    if can_facilitate_events(user):
        return Event.objects.all()
    if not user.is_authenticated or not can_run_events(user):
        return Event.objects.none()
    return Event.objects.filter(organisers__person=user)


def can_run_event(user: AnyUser, event: Event) -> bool:
    """Facilitators and the secretariat run every event, its organisers their own; with a second factor all of them."""
    return can_facilitate_events(user) or (organises(user, event) and has_second_factor(user))


def can_name_organisers(user: AnyUser, event: Event) -> bool:
    """The facilitator who made the event, and the secretariat."""
    if acts_as(user, Role.SECRETARIAT):
        return True
    return acts_as(user, Role.FACILITATOR) and user.is_authenticated and event.made_by_id == user.pk


def reads_as_staff(user: AnyUser, event: Event) -> bool:
    """Whether to show what those who run an event see on its page; their actions ask for the second factor as well."""
    return has_role(user, *FACILITATING) or organises(user, event)
