"""Every change of state of a project and of its business case."""

from projects.portfolio.operations.cases import decide_case, draft_case, submit_case
from projects.portfolio.operations.guards import BECAUSE, locked_case
from projects.portfolio.operations.life import (
    CHANGEABLE,
    NO_PURPOSE,
    change_project,
    finish_project,
    launch,
    refuse_without_purpose,
    start_project,
    stop_project,
    tag_project,
)
from projects.portfolio.operations.updates import (
    add_confirmation,
    confirm_update,
    may_be_paused,
    may_go_on,
    may_leave_record,
    pause_project,
    post_update,
    put_on_record,
    resume_project,
    take_off_record,
)

__all__ = [
    "BECAUSE",
    "CHANGEABLE",
    "NO_PURPOSE",
    "add_confirmation",
    "change_project",
    "confirm_update",
    "decide_case",
    "draft_case",
    "finish_project",
    "launch",
    "locked_case",
    "may_be_paused",
    "may_go_on",
    "may_leave_record",
    "pause_project",
    "post_update",
    "put_on_record",
    "refuse_without_purpose",
    "resume_project",
    "start_project",
    "stop_project",
    "submit_case",
    "tag_project",
    "take_off_record",
]
