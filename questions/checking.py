"""Which answers count: the one check of forms and of programs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from core.errors import Refused
from core.words import series
from questions.fields import as_stored, as_typed, field_of
from questions.models import Question

Answers = dict[str, Any]  # by the key of the question; what was skipped is absent
EMPTY = (None, "", [], {}, ())


class Wrong(Refused):
    """Answers that the questions do not take, with the sentence for each question by its key."""

    def __init__(self, by_key: dict[str, str]) -> None:
        key, sentence = next(iter(by_key.items()))
        super().__init__(sentence, field=name_of(key))
        self.by_key = by_key


def name_of(key: str) -> str:
    """The name of a question's field, apart from the other fields of a form."""
    return f"q-{key}"


def is_shown(question: Question, given: Mapping[str, Any]) -> bool:
    """Whether a question is asked after the answers `given` to those before it."""
    if not question.shown_if:
        return True
    answer = given.get(question.shown_if, ())
    return any(each in question.shown_if_values for each in ([answer] if isinstance(answer, str) else answer))


def settle(
    questions: Sequence[Question], answer_to: Callable[[Question], Any], *, before: Mapping[str, Any] | None = None
) -> tuple[Answers, dict[str, ValidationError]]:
    """The answers to keep, and what is wrong, both by key. What is not shown is neither kept nor wrong.

    `answer_to` returns the cleaned answer or raises ValidationError. `before` are answers that were given on another
    page, which decide too whether a question is shown.
    """
    kept: Answers = {}
    wrong: dict[str, ValidationError] = {}
    for question in questions:
        if not is_shown(question, {**(before or {}), **kept}):
            continue
        try:
            value = as_stored(answer_to(question))
        except ValidationError as problem:
            wrong[question.key] = problem
            continue
        if value not in EMPTY:
            kept[question.key] = value
    return kept, wrong


def check(questions: Sequence[Question], answers: Mapping[str, Any], *, is_draft: bool = False) -> Answers:
    """The answers as they are stored; raises Wrong for those that the questions do not take.

    A draft may leave out what must be answered.
    """
    if strange := answers.keys() - {question.key for question in questions}:
        named = series(sorted(str(key)[:40] for key in strange), most=3)
        raise Refused(f"These questions are not asked here: {named}.")

    def clean(question: Question) -> Any:
        field = field_of(question)
        field.required = field.required and not is_draft
        return field.clean(as_typed(question, answers.get(question.key)))

    kept, wrong = settle(questions, clean)
    if wrong:
        raise Wrong({key: str(problem.messages[0]) for key, problem in wrong.items()})
    return kept
