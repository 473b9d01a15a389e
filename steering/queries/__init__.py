"""Reads for the board: what waits for it, what changed, the portfolio, the next meeting."""

from steering.queries.cases import Coverage, cases_waiting, coverage, reviews_due
from steering.queries.changes import ProjectChange, ProjectChanges, changes_since
from steering.queries.meetings import Proposal, host_warning, next_meeting
from steering.queries.portfolio import (
    NO_EVENT,
    NextDecision,
    Rating,
    in_board_order,
    is_blocked,
    is_to_decide,
    next_decision,
    rating,
    stream_behind,
    with_next_decision,
)
from steering.queries.waiting import (
    AllThatWaits,
    Waiting,
    late_update,
    projects_late,
    to_decide,
    to_review,
    to_vote,
    waiting_for_the_board,
)

__all__ = [
    "NO_EVENT",
    "AllThatWaits",
    "Coverage",
    "NextDecision",
    "ProjectChange",
    "ProjectChanges",
    "Proposal",
    "Rating",
    "Waiting",
    "cases_waiting",
    "changes_since",
    "coverage",
    "host_warning",
    "in_board_order",
    "is_blocked",
    "is_to_decide",
    "late_update",
    "next_decision",
    "next_meeting",
    "projects_late",
    "rating",
    "reviews_due",
    "stream_behind",
    "to_decide",
    "to_review",
    "to_vote",
    "waiting_for_the_board",
    "with_next_decision",
]
