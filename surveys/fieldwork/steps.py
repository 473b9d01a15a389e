"""The pages on which a wave is answered: one for each question, with what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from questions.checking import Answers, is_shown
from questions.fields import in_words
from questions.models import Question

Kind = Question.Kind


@dataclass(frozen=True)
class AnswerPage:
    """One page, named by the key of its first question."""

    questions: list[Question]

    @property
    def key(self) -> str:
        return self.questions[0].key

    @property
    def keys(self) -> list[str]:
        return [question.key for question in self.questions]


def all_pages(questions: Sequence[Question]) -> list[AnswerPage]:
    """Every page of a questionnaire, in order.

    What hangs on an answer to an earlier question has a page of its own behind it, so that it is seen only after that
    answer, with scripts or without. A question whose key begins with that of the one before (“barriers-other”), and
    numbers of one unit, share a page.
    """
    pages: list[AnswerPage] = []
    for question in questions:
        if pages and _belongs(question, pages[-1].questions):
            pages[-1].questions.append(question)
        else:
            pages.append(AnswerPage([question]))
    return pages


def _belongs(question: Question, before: list[Question]) -> bool:
    first = before[0]
    if question.shown_if or first.shown_if:
        return question.shown_if == first.shown_if and question.shown_if_values == first.shown_if_values
    if question.kind == first.kind == Kind.NUMBER and question.unit == first.unit:
        return True
    return question.key.startswith(f"{first.key}-")


def shown_pages(questions: Sequence[Question], answers: Answers) -> list[AnswerPage]:
    """The pages that somebody comes to who has given these answers so far."""
    return [page for page in all_pages(questions) if is_shown(page.questions[0], answers)]


@dataclass(frozen=True)
class AnsweredLine:
    """A question with what was answered, in words: one line for each statement or choice; none where it was skipped."""

    question: Question
    page: str
    said: list[str]


def lines_of(questions: Sequence[Question], answers: Answers) -> list[AnsweredLine]:
    """Every question that is asked after these answers, with what was answered."""
    return [
        AnsweredLine(question, page.key, _said(question, answers))
        for page in shown_pages(questions, answers)
        for question in page.questions
    ]


def _said(question: Question, answers: Answers) -> list[str]:
    answer = answers.get(question.key)
    if answer and question.kind == Kind.MATRIX:
        scale = dict(question.scale)
        return [f"{words}: {scale[answer[row]]}" for row, words in question.rows if row in answer]
    said = in_words(question, answer)
    return [said] if said else []


def copy_of(title: str, lines: Sequence[AnsweredLine]) -> str:
    """Somebody's own answers as plain text, to keep."""
    parts = [title, ""]
    for line in lines:
        parts += [str(line.question), *(f"  {said}" for said in line.said or ["Not answered"]), ""]
    return "\n".join(parts)
