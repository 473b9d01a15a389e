"""Operations of the secretariat."""

from steering.operations.decisions import BOARD, decide_gate, record_review
from steering.operations.meetings import hold_meeting, seat_body

__all__ = ["BOARD", "decide_gate", "hold_meeting", "record_review", "seat_body"]
