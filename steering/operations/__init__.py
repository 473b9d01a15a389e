"""Operations of the secretariat."""

from steering.operations.decisions import BOARD, decide_gate, record_review
from steering.operations.meetings import hold_meeting, seat_body
from steering.operations.motions import (
    ask_board,
    conclude_motion,
    remind_of_motion,
    remind_of_motions_that_close_tomorrow,
    set_representative,
)
from steering.operations.strategy import assess_council, fill_impact

__all__ = [
    "BOARD",
    "ask_board",
    "assess_council",
    "conclude_motion",
    "decide_gate",
    "fill_impact",
    "hold_meeting",
    "record_review",
    "remind_of_motion",
    "remind_of_motions_that_close_tomorrow",
    "seat_body",
    "set_representative",
]
