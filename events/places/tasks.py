"""Tasks that send the messages about places; they take ids, and send nothing where the row is gone or has changed."""

from collections.abc import Callable

from django.db import transaction

from core.jobs import retrying_task
from events.places import emails
from events.places.models import PlaceOffer, SignUp


def _about(place_id: int, message: Callable[[SignUp], None]) -> None:
    places = SignUp.objects.select_related("event", "person")
    if (place := places.filter(pk=place_id, person__is_active=True).first()) is not None:
        message(place)


@retrying_task()
def email_confirmation(place_id: int) -> None:
    _about(place_id, emails.confirmation)


@retrying_task()
def email_promotion(place_id: int) -> None:
    _about(place_id, emails.promotion)


@retrying_task()
def email_cancellation(place_id: int) -> None:
    _about(place_id, emails.cancellation)


@retrying_task()
def email_release(place_id: int) -> None:
    _about(place_id, emails.release)


def _about_offer(offer_id: int, message: Callable[[PlaceOffer], None]) -> None:
    offers = PlaceOffer.objects.select_related("giver", "place__event", "place__person")
    if (offer := offers.filter(pk=offer_id, giver__is_active=True).first()) is not None:
        message(offer)


@retrying_task()
def email_offer(offer_id: int) -> None:
    _about_offer(offer_id, emails.offer)


@retrying_task()
def email_offer_accepted(offer_id: int) -> None:
    _about_offer(offer_id, emails.offer_accepted)


@retrying_task()
def email_reminder(place_id: int) -> None:
    _about(place_id, emails.reminder)


@retrying_task()
def email_event_changed(place_id: int) -> None:
    _about(place_id, emails.event_changed)


@retrying_task()
def email_event_cancelled(place_id: int) -> None:
    _about(place_id, emails.event_cancelled)


def _queue_for_everyone(event_id: int, task) -> None:
    """Queue `task` for each living place, so that a failed message is tried again on its own."""
    living = SignUp.objects.living().filter(event=event_id)
    with transaction.atomic():
        for key in living.values_list("pk", flat=True):
            task.enqueue(key)


@retrying_task()
def tell_everyone_of_change(event_id: int) -> None:
    _queue_for_everyone(event_id, email_event_changed)


@retrying_task()
def tell_everyone_of_cancelled_event(event_id: int) -> None:
    _queue_for_everyone(event_id, email_event_cancelled)
