"""Operations of the secretariat."""

from steering.operations.assessments import assess_gate
from steering.operations.decisions import BOARD, decide, meet_conditions, record_implementation, record_review
from steering.operations.meetings import hold_meeting
from steering.operations.motions import (
    ask_board,
    conclude_motion,
    remind_of_motion,
    remind_of_motions_that_close_tomorrow,
    set_representative,
)
from steering.operations.roster import end_seat, seat_body

__all__ = [
    "BOARD",
    "ask_board",
    "assess_gate",
    "conclude_motion",
    "decide",
    "end_seat",
    "hold_meeting",
    "meet_conditions",
    "record_implementation",
    "record_review",
    "remind_of_motion",
    "remind_of_motions_that_close_tomorrow",
    "seat_body",
    "set_representative",
]
