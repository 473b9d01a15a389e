"""Operations of those who run events: plan, announce, change, cancel, note what came out."""

from events.programme.operations.adding import announce_draft, draft_event, publish_event
from events.programme.operations.came_out import bring_forth, record_prototype, refuse_prototype
from events.programme.operations.cancelling import cancel_event
from events.programme.operations.changing import change_event, set_capacity
from events.programme.rules import NOT_STAFF, refuse_cancelled

__all__ = [
    "NOT_STAFF",
    "announce_draft",
    "bring_forth",
    "cancel_event",
    "change_event",
    "draft_event",
    "publish_event",
    "record_prototype",
    "refuse_cancelled",
    "refuse_prototype",
    "set_capacity",
]
