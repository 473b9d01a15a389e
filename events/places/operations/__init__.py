"""Operations of places: taken, changed, passed on, given back, and those that schedules run."""

from events.places.operations.after_the_day import forget_names, forget_who_waited
from events.places.operations.around_the_day import erase_access_needs, send_reminders
from events.places.operations.capacity import KEEP, MOVE_BACK, resize, share_out
from events.places.operations.door import seat_the_door
from events.places.operations.feeds import new_own_calendar, turn_off_own_calendar
from events.places.operations.held import HELD_FOR_ANOTHER, confirm_held, forget_unverified, hold_place
from events.places.operations.kinds import add_kind, change_kind, copy_kinds, make_default_kinds, move_kind, remove_kind
from events.places.operations.leaving import leave_coming_events
from events.places.operations.offers import (
    accept_offer,
    agree_to_pass_on,
    forget_offers,
    offer_place,
    refuse_to_offer,
    refuse_to_pass_on,
    take_back_offer,
)
from events.places.operations.pools import add_pool, change_pool, copy_pools, keep_quotas, remove_pool
from events.places.operations.promotion import accept_promotion, decline_promotion, settle_events
from events.places.operations.queue import count_in, count_pool, fill, give_out, give_up, keep_count, lock, lock_place
from events.places.operations.sign_ups import bring_back, cancel_sign_up, change_sign_up, refuse_unless_living, sign_up
from events.places.operations.with_the_start import move_with_start

__all__ = [
    "HELD_FOR_ANOTHER",
    "KEEP",
    "MOVE_BACK",
    "accept_offer",
    "accept_promotion",
    "add_kind",
    "add_pool",
    "agree_to_pass_on",
    "bring_back",
    "cancel_sign_up",
    "change_kind",
    "change_pool",
    "change_sign_up",
    "confirm_held",
    "copy_kinds",
    "copy_pools",
    "count_in",
    "count_pool",
    "decline_promotion",
    "erase_access_needs",
    "fill",
    "forget_names",
    "forget_offers",
    "forget_unverified",
    "forget_who_waited",
    "give_out",
    "give_up",
    "hold_place",
    "keep_count",
    "keep_quotas",
    "leave_coming_events",
    "lock",
    "lock_place",
    "make_default_kinds",
    "move_kind",
    "move_with_start",
    "new_own_calendar",
    "offer_place",
    "refuse_to_offer",
    "refuse_to_pass_on",
    "refuse_unless_living",
    "remove_kind",
    "remove_pool",
    "resize",
    "seat_the_door",
    "send_reminders",
    "settle_events",
    "share_out",
    "sign_up",
    "take_back_offer",
    "turn_off_own_calendar",
]
