"""The ten questions. They are a fixed form, not a set of `questions`: each answer is a field of the case study, several
are checked against one another, and no organiser adds one.
"""

from publishing.interview.forms.ending import InterviewPictureForm
from publishing.interview.forms.figures import InterviewFiguresForm
from publishing.interview.forms.page import InterviewForm
from publishing.interview.forms.questions import LAST, QUESTIONS, answered_of, form_of, forms_of, is_answered, said_in
from publishing.interview.forms.steps import BeginForm, SendInterviewForm, TypedForm

__all__ = [
    "LAST",
    "QUESTIONS",
    "BeginForm",
    "InterviewFiguresForm",
    "InterviewForm",
    "InterviewPictureForm",
    "SendInterviewForm",
    "TypedForm",
    "answered_of",
    "form_of",
    "forms_of",
    "is_answered",
    "said_in",
]
