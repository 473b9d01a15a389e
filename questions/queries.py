"""Reads of questions and of the sheets on which they are answered."""

import uuid

from accounts.models import AnyUser
from questions.checking import is_shown
from questions.models import AnswerSheet, Question, QuestionSet


def asked(question_set: QuestionSet | int | None) -> list[Question]:
    """The questions of a set that are asked, in order; none of no set."""
    if question_set is None:
        return []
    return list(Question.objects.asked().filter(set=question_set))


def sheet_of(question_set: QuestionSet | int | None, person: AnyUser) -> AnswerSheet | None:
    """The sheet of a person, on whatever device it was begun; None before they saved anything."""
    if question_set is None or not person.is_authenticated:
        return None
    return AnswerSheet.objects.filter(set=question_set, person=person).first()


def sheet_by_link(question_set: QuestionSet, reference: uuid.UUID) -> AnswerSheet | None:
    """The sheet that a secret link leads to. A sheet of a person is found by nobody's link."""
    return AnswerSheet.objects.filter(set=question_set, person=None, reference=reference).first()


def not_answered(question_set: QuestionSet | int | None, sheet: AnswerSheet | None) -> int:
    """How many questions wait for an answer: those that must be answered; all, where nobody was asked before."""
    answers = (sheet.answers or {}) if sheet else {}
    shown = [question for question in asked(question_set) if is_shown(question, answers)]
    return sum(question.key not in answers and (question.is_required or sheet is None) for question in shown)


def asks_for_totals(question_set: QuestionSet | int | None) -> bool:
    """Whether a question of a set is seen only as totals, asked or not asked any more."""
    return Question.objects.filter(set=question_set, seen_by=Question.SeenBy.TOTALS).exists()


def has_been_answered(question: Question) -> bool:
    """Whether anybody's answer is kept. Of a sealed set nobody can tell, so that counts from its opening on."""
    if question.set.is_sealed:
        return question.set.opened_at is not None
    return AnswerSheet.objects.filter(set=question.set_id, answers__has_key=question.key).exists()
