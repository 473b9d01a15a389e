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

__all__ = [
    "add_to_roll",
    "cast",
    "close_ballot",
    "close_ballots_that_are_due",
    "open_ballot",
    "prepare_ballot",
    "prepare_run_off",
]
