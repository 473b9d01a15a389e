"""Operations on a ballot until it closes, and on its roll."""

from voting.ballots.operations.drafts import (
    arrange_options,
    can_be_arranged,
    change_ballot,
    copy_ballot,
    has_a_list,
    prepare_ballot,
    set_cards,
    set_roll,
    take_away,
    takes_cards,
    withdraw_ballot,
)
from voting.ballots.operations.locks import NOT_STAFF, STAYS, lock_event, locked, locked_to_run, still_a_draft
from voting.ballots.operations.roll import add_to_roll, give_out_card, roll_can_change, strike, strike_from_roll
from voting.ballots.operations.states import extend_ballot, open_ballot, pause_ballot, resume_ballot, void_ballot

__all__ = [
    "NOT_STAFF",
    "STAYS",
    "add_to_roll",
    "arrange_options",
    "can_be_arranged",
    "change_ballot",
    "copy_ballot",
    "extend_ballot",
    "give_out_card",
    "has_a_list",
    "lock_event",
    "locked",
    "locked_to_run",
    "open_ballot",
    "pause_ballot",
    "prepare_ballot",
    "resume_ballot",
    "roll_can_change",
    "set_cards",
    "set_roll",
    "still_a_draft",
    "strike",
    "strike_from_roll",
    "take_away",
    "takes_cards",
    "void_ballot",
    "withdraw_ballot",
]
