"""The former names of tasks, under which some may still wait in the queue; nothing new is queued by them."""

from projects.needs.tasks import tell_of_merged_need, tell_of_move, tell_of_withdrawn_need
from projects.portfolio.tasks import tell_of_decided_case, tell_of_submitted_case

__all__ = [
    "tell_of_decided_case",
    "tell_of_merged_need",
    "tell_of_move",
    "tell_of_submitted_case",
    "tell_of_withdrawn_need",
]
