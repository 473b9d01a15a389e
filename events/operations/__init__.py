"""Every change of state of an event: the programme, places, the desk on the day, and what comes after."""

from events.operations.afterwards import erase_access_needs, give_feedback, send_reminders
from events.operations.desk import check_in, release, undo_check_in, walk_in
from events.operations.offers import accept_offer, forget_offers, offer_place, take_back_offer
from events.operations.places import cancel_sign_up, change_sign_up, sign_up
from events.operations.programme import (
    CHANGED_SINCE,
    announce_draft,
    bring_forth,
    cancel_event,
    change_event,
    draft_event,
    publish_event,
    set_capacity,
)

__all__ = [
    "CHANGED_SINCE",
    "accept_offer",
    "announce_draft",
    "bring_forth",
    "cancel_event",
    "cancel_sign_up",
    "change_event",
    "change_sign_up",
    "check_in",
    "draft_event",
    "erase_access_needs",
    "forget_offers",
    "give_feedback",
    "offer_place",
    "publish_event",
    "release",
    "send_reminders",
    "set_capacity",
    "sign_up",
    "take_back_offer",
    "undo_check_in",
    "walk_in",
]
