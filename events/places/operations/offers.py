"""Passing a place on: it is offered to an address, and moves when whoever has that address accepts.

To somebody who does not come for the council that the place is for, it moves once the organiser agrees.
"""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from councils.permissions import only_organisation_of
from events.event import keeping
from events.event.models import Event
from events.event.writing import refuse_more_addresses
from events.places import emails
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from events.places.operations.queue import forget_what_was_said, lock_place
from events.places.operations.reseating import come_for
from events.places.operations.sign_ups import NOT_YOURS, refuse_unless_free_to_go
from events.places.permissions import (
    can_accept_offer,
    can_agree_to_pass_on,
    can_change_sign_up,
    can_take_back_offer,
)
from events.places.queries import is_for_another_council, living_place, open_offer, runners
from outbox.operations import queue_message

OFFER_LASTS = dt.timedelta(days=7)
MOST_OFFERS = 5  # of one place, since the portal writes to addresses that nobody has confirmed
NOT_YOUR_OFFER = (
    "This place was offered to an address that is not one of yours. Sign in with the account that has it, or add the "
    "address to your account and confirm it."
)

UNTIL_THEN = "Share the places out anew and agree then, or do not agree: we then write to both."
NOT_THE_ORGANISER = "Only those who run the event agree that a place goes to another council."


@transaction.atomic
def offer_place(place: SignUp, *, to_email: str, by: User) -> PlaceOffer:
    """Offer the place, or the place in the queue, to an e-mail address. The giver keeps it until the offer is accepted.

    The address is not looked up, so the answer reveals nothing about it.
    """
    require(can_change_sign_up(by, place), NOT_YOURS)
    event, place = lock_place(place)
    refuse_to_offer(event, place)
    address = to_email.strip()
    if address.casefold() == place.person.email.casefold():
        raise Refused("This is the address that holds the place now.", field="email")
    if earlier := open_offer(place):
        raise Refused(f"This place is offered to {earlier.to_email} already. Take that offer back first.")
    if place.offers.count() >= MOST_OFFERS:
        raise Refused(f"This place has been offered {MOST_OFFERS} times. Give it back, so that others can use it.")
    refuse_more_addresses(by, field="email")
    # An open offer that has run out is closed first.
    place.offers.filter(state__in=PlaceOffer.LIVING).update(state=PlaceOffer.State.EXPIRED, colleague=None)
    offer = place.offers.create(
        giver=place.person,
        to_email=address,
        offered_at=event.now,
        expires_at=min(event.now + OFFER_LASTS, event.starts_at),
    )
    log_action("events.offered_place", by=by, about=event, own=place, place=place.pk, offer=offer.pk)
    queue_message(emails.offer, offer, to=address)
    return offer


def refuse_to_offer(event: Event, place: SignUp) -> None:
    """Refuse to offer a place that is over, in use, or not yet theirs."""
    refuse_unless_free_to_go(event, place)
    if place.status in SignUp.PENDING:
        raise Refused("This place is not yours yet. Confirm it first, then you can pass it on.")


def _lock(offer: PlaceOffer) -> tuple[Event, SignUp, PlaceOffer]:
    """Lock the event's row and return event, place and offer as read after that."""
    event, place = lock_place(offer.place)
    offer = place.offers.select_related("giver", "colleague").get(pk=offer.pk)
    offer.place = place
    return event, place, offer


@transaction.atomic
def take_back_offer(offer: PlaceOffer, *, by: User) -> PlaceOffer:
    """Take an offer back. Taking back twice changes nothing."""
    require(can_take_back_offer(by, offer), NOT_YOURS)
    event, place, offer = _lock(offer)
    if offer.state == PlaceOffer.State.ACCEPTED:
        raise Refused("Your colleague has accepted this place, so it is theirs now.")
    if offer.state in PlaceOffer.LIVING:
        _end(offer, PlaceOffer.State.TAKEN_BACK)
        log_action("events.took_back_offer", by=by, about=event, own=place, place=place.pk, offer=offer.pk)
    return offer


def _end(offer: PlaceOffer, state: str) -> None:
    """End the offer, and tell a colleague who has accepted it already."""
    colleague, offer.state, offer.colleague = offer.colleague, state, None
    offer.save(update_fields=["state", "colleague"])
    if colleague:
        queue_message(emails.offer_ended, offer, to=colleague)


@transaction.atomic
def accept_offer(offer: PlaceOffer, *, by: User) -> SignUp:
    """Take over an offered place as it is: confirmed, or at its position in the queue. Accepting twice changes nothing.

    It gets a new reference, so that whoever held it cannot open it any more. Where `by` does not come for its council,
    it stays with the giver until the organiser agrees. Returns the place, whosever it is now.
    """
    require(can_accept_offer(by, offer), NOT_YOUR_OFFER)
    event, place, offer = _lock(offer)
    if offer.state == PlaceOffer.State.ACCEPTED and place.person == by:
        return place
    if offer.state == PlaceOffer.State.TO_AGREE and offer.colleague == by:
        return place
    if offer.why_over:
        raise Refused(f"{offer.why_over} The place cannot be accepted any more.")
    if living_place(event, by):
        raise Refused("You are signed up for this event yourself. Leave your own place first, then accept this one.")
    if is_for_another_council(offer, by):
        offer.state, offer.colleague, offer.expires_at = PlaceOffer.State.TO_AGREE, by, event.starts_at
        offer.save(update_fields=["state", "colleague", "expires_at"])
        log_action("events.asked_to_take_over", by=by, about=event, own=offer, place=place.pk, offer=offer.pk)
        queue_message(emails.offer_to_agree, offer, to=[by, offer.giver])
        queue_message(emails.offer_asks, offer, to=runners(event))
    else:
        _take_over(offer, by=by, colleague=by)
    return place


def _take_over(offer: PlaceOffer, *, by: User, colleague: User, otherwise: str = "") -> None:
    """Move the place, and tell both; `otherwise` says what to do where it cannot move."""
    place = offer.place
    _move(offer, colleague, otherwise)
    offer.state, offer.colleague = PlaceOffer.State.ACCEPTED, None
    offer.save(update_fields=["state", "colleague"])
    log_action("events.passed_on", by=by, about=place.event, own=place, place=place.pk, offer=offer.pk)
    # A place in the queue may have been offered one meanwhile, which the colleague then has to take.
    is_offered = place.status == SignUp.Status.OFFERED
    queue_message(emails.promotion_offer if is_offered else emails.confirmation, place, to=colleague)
    queue_message(emails.offer_accepted, offer, to=offer.giver)


@transaction.atomic
def agree_to_pass_on(offer: PlaceOffer, *, by: User) -> PlaceOffer:
    """Let the place go to the colleague of another council who has accepted it. Agreeing twice changes nothing."""
    require(can_agree_to_pass_on(by, offer), NOT_THE_ORGANISER)
    event, _place, offer = _lock(offer)
    if offer.state == PlaceOffer.State.ACCEPTED:
        return offer
    colleague = _who_waits(offer)
    if living_place(event, colleague):
        raise Refused(f"{colleague} has signed up for this event meanwhile.")
    _take_over(offer, by=by, colleague=colleague, otherwise=UNTIL_THEN)
    return offer


@transaction.atomic
def refuse_to_pass_on(offer: PlaceOffer, *, by: User) -> PlaceOffer:
    """Keep the place with whoever has it, and tell both. Refusing twice changes nothing."""
    require(can_agree_to_pass_on(by, offer), NOT_THE_ORGANISER)
    event, place, offer = _lock(offer)
    if offer.state == PlaceOffer.State.REFUSED:
        return offer
    _who_waits(offer)
    _end(offer, PlaceOffer.State.REFUSED)
    queue_message(emails.offer_ended, offer, to=offer.giver)
    log_action("events.refused_to_pass_on", by=by, about=event, place=place.pk, offer=offer.pk)
    return offer


def _who_waits(offer: PlaceOffer) -> User:
    """The colleague who has accepted; Refused where the place can no longer go to them."""
    if offer.why_gone:
        raise Refused(f"{offer.why_gone} The place stays as it is.")
    if offer.colleague is None or not offer.colleague.is_active:
        raise Refused("Nobody waits for this place any more.")
    return offer.colleague


def _move(offer: PlaceOffer, colleague: User, otherwise: str) -> None:
    """Make the place the colleague's; refused where a pool or the cap of a council leaves them no room."""
    place = offer.place
    # What the giver said about themselves is not passed on.
    forget_what_was_said(place)
    place.is_listed, place.last_reminder = False, ""
    place.person = colleague
    place.become_another()
    place.save()
    organisation = place.organisation
    if is_for_another_council(offer, colleague):
        # As on the form: a member of one organisation comes for it; a member of several chooses afterwards.
        organisation = only_organisation_of(colleague)
    # One of the places that are kept for a kind of people stays with that kind.
    kind = place.kind if place.pool and place.pool.kind_ids else None
    come_for(place.event, place, organisation, kind, otherwise=otherwise)
    place.save()


@transaction.atomic
def forget_offers() -> int:
    """Erase to whom places were offered, 14 days after the event."""
    forgotten, _ = PlaceOffer.objects.filter(place__event__in=keeping.OFFERS.over).delete()
    if forgotten:
        log_action("events.forgot_offers", by=None, offers=forgotten)
    return forgotten
