"""Operations of the secretariat, and of those who represent a body."""

from steering.operations.actions import finish_action, give_action, move_action
from steering.operations.agenda import (
    add_item,
    build_agenda,
    build_agenda_of_the_next_meeting,
    change_item,
    minute_item,
    move_item_down,
    move_item_up,
    put_item_back,
    take_item_off,
)
from steering.operations.assessments import assess_gate
from steering.operations.decisions import BOARD, decide, meet_conditions, record_implementation, record_review
from steering.operations.meetings import (
    answer_for_body,
    cancel_meeting,
    correct_attendance,
    hold_meeting,
    hold_planned_meeting,
    move_meeting,
    plan_meeting,
    write_to_the_board_before_meetings,
)
from steering.operations.motions import (
    ask_board,
    conclude_motion,
    remind_of_motion,
    remind_of_motions_that_close_tomorrow,
    set_representative,
)
from steering.operations.papers import add_paper, keep_paper, log_export, log_reading, remove_paper
from steering.operations.roster import end_seat, seat_body
from steering.operations.saved_views import delete_view, save_view
from steering.operations.strategy import assess_council, fill_impact

__all__ = [
    "BOARD",
    "add_item",
    "add_paper",
    "answer_for_body",
    "ask_board",
    "assess_council",
    "assess_gate",
    "build_agenda",
    "build_agenda_of_the_next_meeting",
    "cancel_meeting",
    "change_item",
    "conclude_motion",
    "correct_attendance",
    "decide",
    "delete_view",
    "end_seat",
    "fill_impact",
    "finish_action",
    "give_action",
    "hold_meeting",
    "hold_planned_meeting",
    "keep_paper",
    "log_export",
    "log_reading",
    "meet_conditions",
    "minute_item",
    "move_action",
    "move_item_down",
    "move_item_up",
    "move_meeting",
    "plan_meeting",
    "put_item_back",
    "record_implementation",
    "record_review",
    "remind_of_motion",
    "remind_of_motions_that_close_tomorrow",
    "remove_paper",
    "save_view",
    "seat_body",
    "set_representative",
    "take_item_off",
    "write_to_the_board_before_meetings",
]
