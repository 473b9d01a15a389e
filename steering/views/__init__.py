"""Pages of the board, and those on which the secretariat records."""

from steering.views.blocks import block, block_edit, block_merge, block_pass_up, block_remove, block_split, blocks
from steering.views.board import board, promises
from steering.views.cases import case, decide
from steering.views.coverage import coverage
from steering.views.decisions import decision, decisions, review
from steering.views.meetings import hold, meeting, meetings
from steering.views.motions import ask, conclude, motion, remind, representative
from steering.views.portfolio import portfolio, portfolio_by_stage, view_delete, view_save

__all__ = [
    "ask",
    "block",
    "block_edit",
    "block_merge",
    "block_pass_up",
    "block_remove",
    "block_split",
    "blocks",
    "board",
    "case",
    "conclude",
    "coverage",
    "decide",
    "decision",
    "decisions",
    "hold",
    "meeting",
    "meetings",
    "motion",
    "portfolio",
    "portfolio_by_stage",
    "promises",
    "remind",
    "representative",
    "review",
    "view_delete",
    "view_save",
]
