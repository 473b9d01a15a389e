"""Operations of a vote on paper."""

from voting.paper.operations.batches import (
    add_pile,
    add_spoilt,
    confirm_batch,
    discard_batch,
    hand_over,
    remove_pile,
    remove_spoilt,
    send_batch_back,
    set_slips,
    start_batch,
)
from voting.paper.operations.handing import (
    HandedOut,
    check_has_slips,
    check_takes_paper,
    had_voted_words,
    hand_out,
    take_back,
)

__all__ = [
    "HandedOut",
    "add_pile",
    "add_spoilt",
    "check_has_slips",
    "check_takes_paper",
    "confirm_batch",
    "discard_batch",
    "had_voted_words",
    "hand_out",
    "hand_over",
    "remove_pile",
    "remove_spoilt",
    "send_batch_back",
    "set_slips",
    "start_batch",
    "take_back",
]
