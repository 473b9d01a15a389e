"""Every change of state along the four steps."""

from projects.operations.cases import decide_case, draft_case, submit_case
from projects.operations.discoveries import (
    add_priority_issue,
    end_step_one,
    end_step_two,
    gather_need,
    judge_feasibility,
    scope_project,
    start_discovery,
    stop_discovery,
)
from projects.operations.moves import tell_need_moved
from projects.operations.needs import (
    change_need,
    join_need,
    leave_need,
    merge_need,
    raise_need,
    say_how_it_looks,
    withdraw_need,
)
from projects.operations.projects import (
    change_project,
    finish_project,
    launch,
    post_update,
    start_project,
    stop_project,
)
from projects.operations.prototypes import add_prototype, change_prototype, freeze_prototypes, outline_case

__all__ = [
    "add_priority_issue",
    "add_prototype",
    "change_need",
    "change_project",
    "change_prototype",
    "decide_case",
    "draft_case",
    "end_step_one",
    "end_step_two",
    "finish_project",
    "freeze_prototypes",
    "gather_need",
    "join_need",
    "judge_feasibility",
    "launch",
    "leave_need",
    "merge_need",
    "outline_case",
    "post_update",
    "raise_need",
    "say_how_it_looks",
    "scope_project",
    "start_discovery",
    "start_project",
    "stop_discovery",
    "stop_project",
    "submit_case",
    "tell_need_moved",
    "withdraw_need",
]
