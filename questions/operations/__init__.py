"""Operations of questions and of their answers. None asks for permission: whoever owns the set has done so."""

from questions.operations.answers import (
    answers_to_seal,
    close_set,
    drop_all_answers,
    drop_answers,
    forget_answers,
    hand_in_answers,
    open_sealed_set,
    save_draft,
)
from questions.operations.asking import (
    add_question,
    change_question,
    copy_question,
    move_question,
    remove_question,
)

__all__ = [
    "add_question",
    "answers_to_seal",
    "change_question",
    "close_set",
    "copy_question",
    "drop_all_answers",
    "drop_answers",
    "forget_answers",
    "hand_in_answers",
    "move_question",
    "open_sealed_set",
    "remove_question",
    "save_draft",
]
