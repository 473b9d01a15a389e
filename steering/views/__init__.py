"""Pages of the board, and those on which the secretariat records."""

from steering.views.board import board
from steering.views.cases import case, decide
from steering.views.decisions import decision, decisions, review
from steering.views.meetings import hold, meeting, meetings
from steering.views.motions import ask, conclude, motion, remind, representative

__all__ = [
    "ask",
    "board",
    "case",
    "conclude",
    "decide",
    "decision",
    "decisions",
    "hold",
    "meeting",
    "meetings",
    "motion",
    "remind",
    "representative",
    "review",
]
