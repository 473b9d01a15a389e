"""Pages of the board, and those on which the secretariat records."""

from steering.views.assessments import assess, assessment
from steering.views.board import board, promises
from steering.views.cases import case, decide, decide_about
from steering.views.decisions import conditions, decision, decisions, implementation, review
from steering.views.meetings import hold, meeting, meetings
from steering.views.motions import ask, conclude, motion, remind, representative
from steering.views.roster import end_seat, seat, seats

__all__ = [
    "ask",
    "assess",
    "assessment",
    "board",
    "case",
    "conclude",
    "conditions",
    "decide",
    "decide_about",
    "decision",
    "decisions",
    "end_seat",
    "hold",
    "implementation",
    "meeting",
    "meetings",
    "motion",
    "promises",
    "remind",
    "representative",
    "review",
    "seat",
    "seats",
]
