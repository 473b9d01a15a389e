"""Promises: made, measured by one, checked by another, and explained where they were missed."""

from take_up.operations.benefit.figures import (
    correct_promise_of_figures,
    measure_figures,
    promise_of_figures,
    take_out_promise_of_figures,
)
from take_up.operations.benefit.follow_up import remind_of_follow_ups
from take_up.operations.benefit.measurement import check_measurement, report_measurement, turn_down_measurement
from take_up.operations.benefit.promise import (
    claim_benefit,
    explain_promise,
    promise_of_case,
    refuse_promise_of_what_waits,
)

__all__ = [
    "check_measurement",
    "claim_benefit",
    "correct_promise_of_figures",
    "explain_promise",
    "measure_figures",
    "promise_of_case",
    "promise_of_figures",
    "refuse_promise_of_what_waits",
    "remind_of_follow_ups",
    "report_measurement",
    "take_out_promise_of_figures",
    "turn_down_measurement",
]
