"""Every change to a vote."""

from voting.operations.ballot import (
    add_to_roll,
    close_ballot,
    close_ballots_that_are_due,
    open_ballot,
    prepare_ballot,
    prepare_run_off,
)
from voting.operations.casting import cast
from voting.operations.drafts import change_ballot, withdraw_ballot
from voting.operations.outcome import make_project, publish_outcome

__all__ = [
    "add_to_roll",
    "cast",
    "change_ballot",
    "close_ballot",
    "close_ballots_that_are_due",
    "make_project",
    "open_ballot",
    "prepare_ballot",
    "prepare_run_off",
    "publish_outcome",
    "withdraw_ballot",
]
