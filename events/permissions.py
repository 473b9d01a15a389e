"""Who may see and run events, who may open a place, and who may accept one."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import Role
from core import clock
from events.models import Event, PlaceOffer, SignUp


def visible_events(user: AnyUser) -> QuerySet[Event]:
    """Published and cancelled ones for everyone; drafts for facilitators."""
    if has_role(user, Role.FACILITATOR):
        return Event.objects.all()
    return Event.objects.published()


def reader_groups(event: Event) -> list[str]:
    """`visible_events` as search stores it."""
    return [f"role:{Role.FACILITATOR}"] if event.state == Event.State.DRAFT else ["everyone"]


def can_facilitate_events(user: AnyUser) -> bool:
    """The door to the facilitators' pages."""
    return acts_as(user, Role.FACILITATOR)


def can_run_event(user: AnyUser, event: Event) -> bool:
    """Facilitators run every event: there is one team of them."""
    return acts_as(user, Role.FACILITATOR)


def reads_as_staff(user: AnyUser) -> bool:
    """Sees what facilitators see on an event's page; their deeds ask for the second factor as well."""
    return has_role(user, Role.FACILITATOR)


def visible_sign_ups(user: AnyUser) -> QuerySet[SignUp]:
    """One's own places; every place for those who run events."""
    if not user.is_authenticated:
        return SignUp.objects.none()
    return SignUp.objects.all() if can_facilitate_events(user) else SignUp.objects.filter(person=user)


def can_change_sign_up(user: AnyUser, place: SignUp) -> bool:
    """Whoever holds it, and whoever runs the event."""
    return (user.is_authenticated and place.person_id == user.pk) or can_run_event(user, place.event)


def can_take_back_offer(user: AnyUser, offer: PlaceOffer) -> bool:
    """Whoever gave it, and whoever runs the event."""
    return (user.is_authenticated and offer.giver_id == user.pk) or can_run_event(user, offer.place.event)


def can_accept_offer(user: AnyUser, offer: PlaceOffer) -> bool:
    """Whoever has confirmed the address that it went to."""
    if not user.is_authenticated or not user.is_active:
        return False
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=offer.to_email).exists()


def acceptable_offers(user: AnyUser) -> QuerySet[PlaceOffer]:
    """The offers that somebody could accept now: to a confirmed address of theirs, where they have no place yet."""
    if not user.is_authenticated:
        return PlaceOffer.objects.none()
    own_address = EmailAddress.objects.filter(user=user, verified=True, email__iexact=OuterRef("to_email"))
    own_place = SignUp.objects.filter(event=OuterRef("place__event"), person=user)
    own_place = own_place.exclude(status=SignUp.Status.CANCELLED)
    now = clock.now()
    return PlaceOffer.objects.filter(
        Exists(own_address),
        ~Exists(own_place),
        state=PlaceOffer.State.OPEN,
        expires_at__gt=now,
        place__person=F("giver"),
        place__checked_in_at=None,
        place__event__state=Event.State.PUBLISHED,
        place__event__starts_at__gt=now,
    ).exclude(place__status=SignUp.Status.CANCELLED)
