"""A wave of the survey that is run here, and people who are invited to it."""

import datetime as dt
from typing import Any

from core import clock
from councils.models import Organisation
from questions.models import Question
from questions.operations import add_question
from surveys.fieldwork.operations import HandedIn, hand_in_survey, open_fieldwork, save_answers
from surveys.models import Fieldwork, SurveyInvitation, Wave
from tests.factories.councils import OrganisationFactory
from tests.factories.questions import QuestionSetFactory

KIND, TOTALS = Question.Kind, Question.SeenBy.TOTALS
ANSWERS: dict[str, Any] = {
    "barriers": {"funds": "yes", "skills": "no"},
    "savings": "yes",
    "savings-pounds": "1400000",
    "priorities": ["Bins", "Planning"],
    "comments": "Time would help.",
}


def a_running(*, year: int = 2026, is_open: bool = False, **fields: Any) -> Fieldwork:
    """A wave of five questions that was prepared, or opened, and closes in a month."""
    questions = QuestionSetFactory(title=f"Annual survey {year}", is_sealed=True)
    scale = [("yes", "Yes"), ("no", "No")]
    rows = [("funds", "Lack of funds"), ("skills", "Lack of skills")]
    add_question(questions, key="barriers", kind=KIND.MATRIX, words="What holds you back?", rows=rows, scale=scale,
                 seen_by=TOTALS)  # fmt: skip
    add_question(questions, key="savings", kind=KIND.YES_NO, words="Did you save money?", seen_by=TOTALS)
    add_question(questions, key="savings-pounds", kind=KIND.NUMBER, words="How much?", unit="£", least=0,
                 shown_if="savings", shown_if_values=["yes"], seen_by=TOTALS)  # fmt: skip
    add_question(questions, key="priorities", kind=KIND.TOP_THREE, words="Your priorities?")
    add_question(questions, key="comments", kind=KIND.LONG_TEXT, words="Any other comments?")
    wave = Wave.objects.create(
        year=year, title=f"Annual survey {year}", source="Answers", licence="OGL", questions=questions
    )
    closes_at = clock.now() + dt.timedelta(days=30)
    fieldwork = Fieldwork.objects.create(
        **{"wave": wave, "closes_at": closes_at, "plan": {"barriers": ["level", "council-type"]}} | fields
    )
    if is_open:
        an_invitation(fieldwork)
        fieldwork = open_fieldwork(fieldwork, by=None)
    return fieldwork


def an_invitation(fieldwork: Fieldwork, council: Organisation | None = None, **fields: Any) -> SurveyInvitation:
    """Somebody who is asked to answer, for a council of their own."""
    number = SurveyInvitation.objects.count()
    given = {"email": f"officer{number}@council.example", "level": 2, "invited_at": fieldwork.opened_at} | fields
    return SurveyInvitation.objects.create(fieldwork=fieldwork, organisation=council or OrganisationFactory(), **given)


def answers_of(invitation: SurveyInvitation, **changed: Any) -> SurveyInvitation:
    """Save all answers of somebody, as their pages do."""
    answers = ANSWERS | changed
    return save_answers(invitation, keys=list(answers), answers=answers)


def hand_in_for(invitation: SurveyInvitation, *, form: str = "a form", **changed: Any) -> HandedIn:
    """Answer and hand in for somebody."""
    return hand_in_survey(answers_of(invitation, **changed), token=form)
