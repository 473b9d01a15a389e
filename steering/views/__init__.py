"""Pages of the board, and those on which the secretariat records."""

from steering.views.actions import action, actions, finish, give, move_action
from steering.views.agenda import add_item, agenda, change_item, minute, turn_item
from steering.views.assessments import assess, assessment
from steering.views.blocks import block, block_edit, block_merge, block_pass_up, block_remove, block_split, blocks
from steering.views.board import board
from steering.views.cases import case, decide, decide_about
from steering.views.coverage import coverage
from steering.views.decisions import conditions, decision, decisions, implementation, review
from steering.views.meetings import cancel, coming, held, hold, meeting, meetings, move, plan
from steering.views.motions import ask, conclude, motion, remind, representative
from steering.views.papers import add_paper, export_papers, keep_paper, paper, remove_paper
from steering.views.parents import assessments, cases, departments, motions, papers
from steering.views.portfolio import portfolio, portfolio_by_stage, view_delete, view_save
from steering.views.roster import end_seat, seat, seats
from steering.views.strategy import assess_council, fill_impact, flag, flag_of_council, impact, strategy, terms

__all__ = [
    "action",
    "actions",
    "add_item",
    "add_paper",
    "agenda",
    "ask",
    "assess",
    "assess_council",
    "assessment",
    "assessments",
    "block",
    "block_edit",
    "block_merge",
    "block_pass_up",
    "block_remove",
    "block_split",
    "blocks",
    "board",
    "cancel",
    "case",
    "cases",
    "change_item",
    "coming",
    "conclude",
    "conditions",
    "coverage",
    "decide",
    "decide_about",
    "decision",
    "decisions",
    "departments",
    "end_seat",
    "export_papers",
    "fill_impact",
    "finish",
    "flag",
    "flag_of_council",
    "give",
    "held",
    "hold",
    "impact",
    "implementation",
    "keep_paper",
    "meeting",
    "meetings",
    "minute",
    "motion",
    "motions",
    "move",
    "move_action",
    "paper",
    "papers",
    "plan",
    "portfolio",
    "portfolio_by_stage",
    "remind",
    "remove_paper",
    "representative",
    "review",
    "seat",
    "seats",
    "strategy",
    "terms",
    "turn_item",
    "view_delete",
    "view_save",
]
