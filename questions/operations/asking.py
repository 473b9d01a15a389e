"""Operations on the questions of a set: add, change, copy, move, remove. Each locks the set."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.errors import CHANGED_SINCE, Refused
from questions.definitions import MOST, MOST_QUESTIONS, TELLS, free_key, refuse_wrong, with_keys, would_tell
from questions.models import Question, QuestionSet
from questions.queries import asked, has_been_answered

CHANGEABLE = {
    "kind", "words", "help", "is_required", "options", "rows", "scale", "unit", "decimals", "least", "most",
    "shown_if", "shown_if_values", "seen_by", "kept_days",
}  # fmt: skip
# What an answer means rests on these: once there is one, they stay.
MEANING = {"kind", "unit", "decimals", "least", "most", "shown_if", "shown_if_values"}
COPY_IT = "People have answered this question, so {what} stays. Copy it as a new question, and change the copy."


def lock_set(question_set: QuestionSet) -> QuestionSet:
    """Lock the set's row and return the set as read after that; questions and answers change only under this lock."""
    locked = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    if locked.closed_at:
        raise Refused("These questions are closed.")
    return locked


def _lock(question: Question) -> tuple[QuestionSet, Question]:
    question_set = lock_set(question.set)
    question = question_set.questions.get(pk=question.pk)
    question.set = question_set
    if question.archived_at:
        raise Refused("This question is not asked any more.")
    return question_set, question


def _refuse_opened(question_set: QuestionSet) -> None:
    if question_set.is_sealed and question_set.opened_at:
        raise Refused("Answers to these questions have begun, and nobody can tell which. They stay as they are.")


@transaction.atomic
def add_question(question_set: QuestionSet, *, key: str = "", **fields: Any) -> Question:
    """Add a question at the end of a set. `options`, `rows` and `scale` are words, or pairs of a key and words."""
    question_set = lock_set(question_set)
    _refuse_opened(question_set)
    others = asked(question_set)
    if len(others) >= MOST_QUESTIONS:
        raise Refused(f"These are {MOST_QUESTIONS} questions. Nobody answers more.")
    taken = set(question_set.questions.values_list("key", flat=True))
    if key in taken:
        raise Refused(f"There is a question with the key {key} already.")
    last = question_set.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question(
        set=question_set, key=key or free_key(fields.get("words", ""), taken), position=last + 1, **_plain(fields)
    )
    for name in MOST:
        setattr(question, name, with_keys(name, fields.get(name, ())))
    refuse_wrong(question, others)
    question.save(force_insert=True)
    return question


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - CHANGEABLE:
        raise ValueError(f"A question has no {', '.join(sorted(unknown))}.")
    return {name: value for name, value in fields.items() if name not in MOST}


@transaction.atomic
def change_question(question: Question, *, read_at: int | None = None, **fields: Any) -> Question:
    """Change a question. Once it has been answered, only its words, its hint and whether it must be answered.

    What it offers then stays word by word and in its order: no rule can tell a correction from another meaning.
    `read_at` is the revision that the changes were made to: refused where it has changed since.
    """
    question_set, question = _lock(question)
    if read_at not in {None, question.revision}:
        raise Refused(CHANGED_SINCE)
    is_answered = has_been_answered(question)
    for name, value in _plain(fields).items():
        if is_answered and name in MEANING and value != getattr(question, name):
            raise Refused(COPY_IT.format(what="what it means"), field=_field(name))
        _refuse_broken_promise(question, name, value, is_answered=is_answered)
        setattr(question, name, value)
    for name in MOST.keys() & fields.keys():
        _set_list(question, name, fields[name], is_answered=is_answered)
    others = asked(question_set)
    refuse_wrong(question, others)
    _refuse_stranding(question, others)
    question.revision += 1
    question.save()
    return question


def _field(name: str) -> str:
    return "shown_if" if name == "shown_if_values" else name


def _refuse_broken_promise(question: Question, name: str, value: Any, *, is_answered: bool) -> None:
    """Whoever answered was told who sees it and for how long: less is allowed, more is not."""
    widens = name == "seen_by" and question.seen_by == Question.SeenBy.TOTALS and value != question.seen_by
    lengthens = name == "kept_days" and value > question.kept_days
    if is_answered and (widens or lengthens):
        what = "who may see the answers" if widens else "how long they are kept"
        raise Refused(f"Whoever answered was told {what}. Copy it as a new question, and change the copy.", field=name)


def _set_list(question: Question, name: str, given: Any, *, is_answered: bool) -> None:
    before = getattr(question, name)
    after = with_keys(name, given, before)
    if is_answered and after != [list(pair) for pair in before]:
        raise Refused(COPY_IT.format(what="what it offers"), field=name)
    setattr(question, name, after)


def _refuse_stranding(question: Question, others: list[Question]) -> None:
    """Refuse to take away an answer, or a kind, on which a later question hangs, or names where that one has them."""
    offered = dict(question.choices).keys()
    for other in others:
        if other.shown_if == question.key and not {*other.shown_if_values} <= offered:
            raise Refused(f"“{other}” is shown only after an answer that this would take away. Change that one first.")
    for other in question.set.questions.filter(shown_if=question.key):  # of those asked no more answers stay too
        if would_tell(other, question):
            raise Refused(TELLS.format(later=other, earlier=question), field="seen_by")


@transaction.atomic
def copy_question(question: Question) -> Question:
    """Add a copy with a key of its own, at the end. Its kind and what it offers are free to change."""
    fields = {name: getattr(question, name) for name in CHANGEABLE}
    return add_question(question.set, **fields)


@transaction.atomic
def move_question(question: Question, *, is_up: bool) -> Question:
    """Exchange a question with the one before it or after it. The first stays first, the last last."""
    question_set, question = _lock(question)
    order = asked(question_set)
    here = next(n for n, other in enumerate(order) if other.pk == question.pk)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(order):
        return question
    first, second = (order[there], order[here]) if is_up else (order[here], order[there])
    if second.shown_if == first.key:
        raise Refused(f"“{second}” is shown only after an answer to “{first}”, so it stays behind it.")
    order[here], order[there] = order[there], order[here]
    for position, other in enumerate(order, start=1):
        if other.position != position:
            other.position = position
            other.save(update_fields=["position"])
    return order[there]


@transaction.atomic
def remove_question(question: Question) -> bool:
    """Delete a question, or, where it has been answered, ask it no more and keep its answers; whether it is gone."""
    question_set, question = _lock(question)
    _refuse_opened(question_set)
    if waiting := next((other for other in asked(question_set) if other.shown_if == question.key), None):
        raise Refused(f"“{waiting}” is shown only after an answer to this one. Change or remove that one first.")
    if has_been_answered(question):
        question.archived_at = clock.now()
        question.save(update_fields=["archived_at"])
        return False
    question.delete()
    return True
