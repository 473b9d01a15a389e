"""Operations of places: taken, changed, passed on, given back, and those that schedules run."""

from events.places.operations.around_the_day import erase_access_needs, send_reminders
from events.places.operations.door import seat_the_door
from events.places.operations.offers import accept_offer, forget_offers, offer_place, take_back_offer
from events.places.operations.queue import fill, give_up, keep_count, lock, lock_place
from events.places.operations.sign_ups import cancel_sign_up, change_sign_up, refuse_unless_living, sign_up

__all__ = [
    "accept_offer",
    "cancel_sign_up",
    "change_sign_up",
    "erase_access_needs",
    "fill",
    "forget_offers",
    "give_up",
    "keep_count",
    "lock",
    "lock_place",
    "offer_place",
    "refuse_unless_living",
    "seat_the_door",
    "send_reminders",
    "sign_up",
    "take_back_offer",
]
