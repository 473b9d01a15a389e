"""Every change of state of an event: the programme, places, the desk on the day, and what comes after."""

from events.operations.afterwards import erase_access_needs, give_feedback, send_reminders
from events.operations.desk import check_in, undo_check_in, walk_in
from events.operations.places import cancel_sign_up, change_sign_up, pass_on, sign_up
from events.operations.programme import (
    announce_draft,
    bring_forth,
    cancel_event,
    change_event,
    draft_event,
    publish_event,
    set_capacity,
)

__all__ = [
    "announce_draft",
    "bring_forth",
    "cancel_event",
    "cancel_sign_up",
    "change_event",
    "change_sign_up",
    "check_in",
    "draft_event",
    "erase_access_needs",
    "give_feedback",
    "pass_on",
    "publish_event",
    "send_reminders",
    "set_capacity",
    "sign_up",
    "undo_check_in",
    "walk_in",
]
