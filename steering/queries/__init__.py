"""What the board reads: the portfolio, what waits for it, when it meets next."""

from steering.queries.cases import Coverage, cases_waiting, coverage, reviews_due
from steering.queries.meetings import Proposal, host_warning, next_meeting
from steering.queries.portfolio import NextDecision, outcomes, with_next_decision

__all__ = [
    "Coverage",
    "NextDecision",
    "Proposal",
    "cases_waiting",
    "coverage",
    "host_warning",
    "next_meeting",
    "outcomes",
    "reviews_due",
    "with_next_decision",
]
