"""The names under which tasks wait that were queued before each subject had its own; nothing new is queued here."""

from projects.needs.tasks import tell_of_merged_need, tell_of_move, tell_of_withdrawn_need
from projects.portfolio.tasks import tell_of_decided_case, tell_of_submitted_case

__all__ = [
    "tell_of_decided_case",
    "tell_of_merged_need",
    "tell_of_move",
    "tell_of_submitted_case",
    "tell_of_withdrawn_need",
]
