"""Permissions of places and offers."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import AnyUser
from accounts.queries import confirmed_addresses, has_confirmed
from core import clock
from events.event.models import Event
from events.permissions import can_facilitate_events, can_run_event, can_run_events, events_run_by
from events.places.models import SignUp
from events.places.offers import PlaceOffer


def visible_sign_ups(user: AnyUser) -> QuerySet[SignUp]:
    """One's own places; for those who run events the places at these that have names."""
    if not user.is_authenticated:
        return SignUp.objects.none()
    if can_facilitate_events(user):
        return SignUp.objects.named()
    own = Q(person=user)
    return SignUp.objects.named().filter(own | Q(event__in=events_run_by(user)) if can_run_events(user) else own)


def can_change_sign_up(user: AnyUser, place: SignUp) -> bool:
    """Its holder, and those who run the event."""
    return (user.is_authenticated and place.person_id == user.pk) or can_run_event(user, place.event)


def can_take_back_offer(user: AnyUser, offer: PlaceOffer) -> bool:
    """Its giver, and those who run the event."""
    return (user.is_authenticated and offer.giver_id == user.pk) or can_run_event(user, offer.place.event)


def can_accept_offer(user: AnyUser, offer: PlaceOffer) -> bool:
    """Whoever has confirmed the e-mail address that it was made to."""
    return user.is_authenticated and user.is_active and has_confirmed(user, offer.to_email)


def can_agree_to_pass_on(user: AnyUser, offer: PlaceOffer) -> bool:
    """Those who run the event."""
    return can_run_event(user, offer.place.event)


def acceptable_offers(user: AnyUser) -> QuerySet[PlaceOffer]:
    """The open offers to a confirmed address of this person, at events where they have no place."""
    if not user.is_authenticated:
        return PlaceOffer.objects.none()
    own_address = confirmed_addresses(user).filter(email__iexact=OuterRef("to_email"))
    own_place = SignUp.objects.living().filter(event=OuterRef("place__event"), person=user)
    now = clock.now()
    return PlaceOffer.objects.filter(
        Exists(own_address),
        ~Exists(own_place),
        place__in=SignUp.objects.living().filter(checked_in_at=None),
        place__person=F("giver"),
        state=PlaceOffer.State.OPEN,
        expires_at__gt=now,
        place__event__state=Event.State.PUBLISHED,
        place__event__starts_at__gt=now,
    )


def waiting_for_agreement() -> QuerySet[PlaceOffer]:
    """The places accepted for another council to which nobody has agreed yet, whoever runs the event."""
    return PlaceOffer.objects.filter(
        state=PlaceOffer.State.TO_AGREE,
        expires_at__gt=clock.now(),
        place__in=SignUp.objects.living().filter(checked_in_at=None),
        place__person=F("giver"),
        place__event__state=Event.State.PUBLISHED,
    )
