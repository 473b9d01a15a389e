"""What the secretariat writes down for the board."""

from steering.operations.decisions import BOARD, decide_gate
from steering.operations.meetings import hold_meeting, seat_body

__all__ = ["BOARD", "decide_gate", "hold_meeting", "seat_body"]
