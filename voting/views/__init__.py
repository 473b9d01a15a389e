from voting.views.casting import cast
from voting.views.console import (
    add_to_roll,
    change,
    close_ballot,
    make_project,
    open_ballot,
    prepare,
    prepare_run_off,
    publish_outcome,
    withdraw,
)
from voting.views.pages import ballot_list, detail, results
from voting.views.record import record
from voting.views.screens import screen, state

__all__ = [
    "add_to_roll",
    "ballot_list",
    "cast",
    "change",
    "close_ballot",
    "detail",
    "make_project",
    "open_ballot",
    "prepare",
    "prepare_run_off",
    "publish_outcome",
    "record",
    "results",
    "screen",
    "state",
    "withdraw",
]
