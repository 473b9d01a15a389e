"""Operations on the release of a wave that is run here: its plan, its close, the bench, its publication."""

from surveys.release.operations.closing import (
    close_fieldwork,
    close_fieldworks_that_are_due,
    end_answers,
    forget_invitations,
)
from surveys.release.operations.planning import choose_plan

__all__ = ["choose_plan", "close_fieldwork", "close_fieldworks_that_are_due", "end_answers", "forget_invitations"]
