"""Operations of a wave that is run here: opened, invited to, answered."""

from surveys.fieldwork.operations.answering import (
    HandedIn,
    decline_reminders,
    hand_in_survey,
    save_answers,
    send_way_back,
    take_answers_back,
)
from surveys.fieldwork.operations.inviting import Person, invite_all, invite_to_survey, withdraw_invitation
from surveys.fieldwork.operations.locks import locked
from surveys.fieldwork.operations.running import move_close, open_fieldwork, remind, why_not_opened

__all__ = [
    "HandedIn",
    "Person",
    "decline_reminders",
    "hand_in_survey",
    "invite_all",
    "invite_to_survey",
    "locked",
    "move_close",
    "open_fieldwork",
    "remind",
    "save_answers",
    "send_way_back",
    "take_answers_back",
    "why_not_opened",
    "withdraw_invitation",
]
