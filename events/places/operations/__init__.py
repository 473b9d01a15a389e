"""Operations of places: taken, changed, passed on, given back, and those that schedules run."""

from events.places.operations.around_the_day import erase_access_needs, send_reminders
from events.places.operations.door import seat_the_door
from events.places.operations.kinds import add_kind, change_kind, copy_kinds, make_default_kinds, remove_kind
from events.places.operations.offers import accept_offer, forget_offers, offer_place, take_back_offer
from events.places.operations.promotion import accept_promotion, decline_promotion, settle_events
from events.places.operations.queue import count_in, count_pool, fill, give_up, keep_count, lock, lock_place
from events.places.operations.sign_ups import cancel_sign_up, change_sign_up, refuse_unless_living, sign_up

__all__ = [
    "accept_offer",
    "accept_promotion",
    "add_kind",
    "cancel_sign_up",
    "change_kind",
    "change_sign_up",
    "copy_kinds",
    "count_in",
    "count_pool",
    "decline_promotion",
    "erase_access_needs",
    "fill",
    "forget_offers",
    "give_up",
    "keep_count",
    "lock",
    "lock_place",
    "make_default_kinds",
    "offer_place",
    "refuse_unless_living",
    "remove_kind",
    "seat_the_door",
    "send_reminders",
    "settle_events",
    "sign_up",
    "take_back_offer",
]
