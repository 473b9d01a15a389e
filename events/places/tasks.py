"""The tasks that wrote about places before the outbox did: one that still waits when a site is updated asks for its
message now. Nothing queues them any more; the release after the next deletes them.
"""

from core.jobs import retrying_task
from events.event.models import Event
from events.places import emails
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from events.places.queries import signed_up
from outbox.kinds import MessageKind
from outbox.operations import queue_message

BEFORE = "before the outbox"  # the occasion of each, so that a task that runs twice asks once


def _about(kind: MessageKind, place_id: int) -> None:
    if place := SignUp.objects.select_related("event", "person").filter(pk=place_id).first():
        queue_message(kind, place, to=place.person, key=BEFORE)


@retrying_task()
def email_confirmation(place_id: int) -> None:
    _about(emails.confirmation, place_id)


@retrying_task()
def email_promotion(place_id: int) -> None:
    _about(emails.promotion, place_id)


@retrying_task()
def email_cancellation(place_id: int) -> None:
    _about(emails.cancellation, place_id)


@retrying_task()
def email_release(place_id: int) -> None:
    _about(emails.release, place_id)


@retrying_task()
def email_reminder(place_id: int) -> None:
    _about(emails.reminder, place_id)


def _about_event(kind: MessageKind, place_id: int) -> None:
    if place := SignUp.objects.select_related("event", "person").filter(pk=place_id).first():
        queue_message(kind, place.event, to=place.person, key=BEFORE)


@retrying_task()
def email_event_changed(place_id: int) -> None:
    _about_event(emails.event_changed, place_id)


@retrying_task()
def email_event_cancelled(place_id: int) -> None:
    _about_event(emails.event_cancelled, place_id)


def _to_everyone(kind: MessageKind, event_id: int) -> None:
    if event := Event.objects.filter(pk=event_id).first():
        queue_message(kind, event, to=signed_up(event), key=BEFORE)


@retrying_task()
def tell_everyone_of_change(event_id: int) -> None:
    _to_everyone(emails.event_changed, event_id)


@retrying_task()
def tell_everyone_of_cancelled_event(event_id: int) -> None:
    _to_everyone(emails.event_cancelled, event_id)


@retrying_task()
def email_offer(offer_id: int) -> None:
    if offer := PlaceOffer.objects.select_related("place__event").filter(pk=offer_id).first():
        queue_message(emails.offer, offer, to=offer.to_email, key=BEFORE)


@retrying_task()
def email_offer_accepted(offer_id: int) -> None:
    if offer := PlaceOffer.objects.select_related("place__event", "giver").filter(pk=offer_id).first():
        queue_message(emails.offer_accepted, offer, to=offer.giver, key=BEFORE)
