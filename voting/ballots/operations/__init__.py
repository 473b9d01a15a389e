"""Operations on a ballot until it closes, and on its roll."""

from voting.ballots.operations.drafts import (
    arrange_options,
    change_ballot,
    copy_ballot,
    prepare_ballot,
    set_roll,
    take_away,
    withdraw_ballot,
)
from voting.ballots.operations.locks import NOT_STAFF, STAYS, lock_event, locked, locked_to_run, moved
from voting.ballots.operations.roll import (
    add_to_roll,
    forget_piles,
    share_what_is_left,
    strike,
    strike_from_roll,
    take_off,
)
from voting.ballots.operations.states import extend_ballot, open_ballot, pause_ballot, resume_ballot, void_ballot

__all__ = [
    "NOT_STAFF",
    "STAYS",
    "add_to_roll",
    "arrange_options",
    "change_ballot",
    "copy_ballot",
    "extend_ballot",
    "forget_piles",
    "lock_event",
    "locked",
    "locked_to_run",
    "moved",
    "open_ballot",
    "pause_ballot",
    "prepare_ballot",
    "resume_ballot",
    "set_roll",
    "share_what_is_left",
    "strike",
    "strike_from_roll",
    "take_away",
    "take_off",
    "void_ballot",
    "withdraw_ballot",
]
