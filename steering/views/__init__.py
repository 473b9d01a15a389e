"""Pages of the board, and those on which the secretariat records."""

from steering.views.board import board, promises
from steering.views.cases import case, decide
from steering.views.decisions import decision, decisions, review
from steering.views.meetings import hold, meeting, meetings
from steering.views.motions import ask, conclude, motion, remind, representative
from steering.views.strategy import assess, fill_impact, flag, flag_of_council, impact, strategy, terms

__all__ = [
    "ask",
    "assess",
    "board",
    "case",
    "conclude",
    "decide",
    "decision",
    "decisions",
    "fill_impact",
    "flag",
    "flag_of_council",
    "hold",
    "impact",
    "meeting",
    "meetings",
    "motion",
    "promises",
    "remind",
    "representative",
    "review",
    "strategy",
    "terms",
]
