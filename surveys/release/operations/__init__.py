"""Operations on the release of a wave that is run here: its plan, its close, the bench, its publication."""

from surveys.release.operations.bench import (
    LevelsSet,
    code_texts,
    leave_out,
    publish_row_after_all,
    set_levels,
    undo_coding,
    write_coding_rule,
)
from surveys.release.operations.closing import (
    close_fieldwork,
    close_fieldworks_that_are_due,
    end_answers,
    forget_invitations,
    forget_texts,
)
from surveys.release.operations.planning import choose_plan
from surveys.release.operations.publishing import confirm_release, propose_release, take_back_proposal

__all__ = [
    "LevelsSet",
    "choose_plan",
    "close_fieldwork",
    "close_fieldworks_that_are_due",
    "code_texts",
    "confirm_release",
    "end_answers",
    "forget_invitations",
    "forget_texts",
    "leave_out",
    "propose_release",
    "publish_row_after_all",
    "set_levels",
    "take_back_proposal",
    "undo_coding",
    "write_coding_rule",
]
