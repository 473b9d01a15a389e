"""The ten questions in their order, and their forms bound to what was answered."""

from dataclasses import dataclass
from typing import Any

from publishing.interview.drafting import MOST_WORDS
from publishing.interview.forms.ending import InterviewPictureForm, InterviewSummaryForm
from publishing.interview.forms.figures import InterviewFiguresForm
from publishing.interview.forms.page import InterviewForm
from publishing.interview.forms.story import (
    InterviewAdviceForm,
    InterviewCostForm,
    InterviewPeopleForm,
    InterviewProblemForm,
    InterviewStoryForm,
    InterviewSubjectForm,
    InterviewTroubleForm,
)
from publishing.models import Interview


@dataclass(frozen=True)
class InterviewPage:
    """One page: what is asked, what helps to answer it, and its fields."""

    title: str
    lede: str
    form: type[InterviewForm]
    short: str


QUESTIONS = (
    InterviewPage(
        "What got better?", "A working title, and where it belongs.", InterviewSubjectForm, "What it is about"
    ),
    InterviewPage(
        "What was the problem?", "What did not work, for whom, and how you knew.", InterviewProblemForm, "The problem"
    ),
    InterviewPage("What did you do?", "What you made or changed.", InterviewStoryForm, "What you did"),
    InterviewPage("Who took part?", "So that others know what it takes.", InterviewPeopleForm, "Who took part"),
    InterviewPage(
        "What changed, in figures?",
        "One measure is enough, if it is the same before and after.",
        InterviewFiguresForm,
        "The figures",
    ),
    InterviewPage("What did it cost?", "Roughly is better than not at all.", InterviewCostForm, "What it cost"),
    InterviewPage(
        "What went wrong?", "Something did. It is what others read first.", InterviewTroubleForm, "What went wrong"
    ),
    InterviewPage("What would you tell others?", "And what may they take from you?", InterviewAdviceForm, "Advice"),
    InterviewPage(
        "Is there a picture?", "One that shows what was done. You can leave it out.", InterviewPictureForm, "A picture"
    ),
    InterviewPage(
        "How would you sum it up?",
        f"At most {MOST_WORDS} words, for lists and the newsletter.",
        InterviewSummaryForm,
        "The summary",
    ),
)


LAST = len(QUESTIONS)


def form_of(
    number: int,
    interview: Interview,
    data: Any = None,
    files: Any = None,
    initial: dict[str, Any] | None = None,
    filled: dict[str, Any] | None = None,
) -> InterviewForm:
    """The form of a question, bound to `data`, or to what was saved of it; with `initial` it is bound to nothing.

    `filled` is what stood in its boxes before anybody typed `data`.
    """
    form = QUESTIONS[number - 1].form
    if data is None and initial is None and is_answered(number, interview):
        data, files = interview.answers, {}
    return form(data, files, interview=interview, initial=initial, filled=filled)


def is_answered(number: int, interview: Interview) -> bool:
    """Whether a page was saved, right or wrong."""
    return any(name in interview.answers for name in QUESTIONS[number - 1].form.names())


def answered_of(interview: Interview) -> int:
    """How many of the pages were saved."""
    return sum(is_answered(number, interview) for number in range(1, LAST + 1))


def forms_of(interview: Interview) -> list[InterviewForm]:
    """Every form, bound to what was saved."""
    return [question.form(interview.answers, {}, interview=interview) for question in QUESTIONS]


def said_in(forms_read: list[InterviewForm]) -> dict[str, Any]:
    """The answers that are right, by field, from all pages."""
    said: dict[str, Any] = {}
    for form in forms_read:
        form.is_valid()
        said |= form.cleaned_data
    return said
