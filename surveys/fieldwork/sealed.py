"""What a hand-in seals: all answers with a key in one round, and what people wrote in a round for each question.

One box of the round of answers, by `answers_to_seal_of`:

    {"organisation": 7, "bands": {"level": "2", "council-type": "districts"}, "answers": {"strategy": "yes"},
     "wrote": ["departments"]}

and one box of the round of each written question, by `texts_to_seal_of`: `{"texts": ["Bins", "Planning"]}`. Whoever
wrote nothing seals `{"texts": []}` there, so that the marks of that round say nothing of who wrote: whoever opens it
leaves those out. The two have nothing in common by which one leads to the other: that somebody `wrote` to a question
only counts of how many organisations its texts are.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from councils.models import Organisation
from questions.checking import Answers
from questions.fields import NAMED
from questions.models import Question
from sealing.operations import SealedAnswer
from surveys.fieldwork.models import SurveyInvitation
from surveys.waves.models import KINDS_OF_TYPE

LEVEL, COUNCIL_TYPE, OTHER = "level", "council-type", "other"
MOST_WRITTEN = 2000  # characters of one text, as one mention holds
TEXTS = 3  # of a top three
_NUMBER = "-" + "9" * 30


def written(questions: Sequence[Question]) -> list[Question]:
    """The questions that people answer in their own words, each with a round of its own."""
    return [question for question in questions if question.is_written]


def council_type_of(organisation: Organisation) -> str:
    """The type by which the survey counts an organisation; “other” where it is no council."""
    return council_type_of_kind(organisation.kind)


def council_type_of_kind(kind: str) -> str:
    """The type by which the survey counts organisations of a kind; “other” where they are no councils."""
    return next((str(each) for each, kinds in KINDS_OF_TYPE.items() if kind in kinds), OTHER)


def answers_to_seal_of(invitation: SurveyInvitation, questions: Sequence[Question], answers: Answers) -> SealedAnswer:
    """The answers that people chose rather than wrote, with the bands of the release plan."""
    in_words = {question.key for question in written(questions)}
    return {
        "organisation": invitation.organisation_id,
        "bands": {LEVEL: str(invitation.level), COUNCIL_TYPE: council_type_of(invitation.organisation)},
        "answers": {key: answer for key, answer in answers.items() if key not in in_words},
        "wrote": sorted(key for key in in_words if answers.get(key)),
    }


def texts_to_seal_of(question: Question, answers: Mapping[str, Any]) -> SealedAnswer:
    """What somebody wrote to one question, up to three texts; none where they skipped it."""
    answer = answers.get(question.key) or []
    return {"texts": [answer] if isinstance(answer, str) else list(answer)}


# How long a box has to be, which is alike for all of a round --------------------------------------------------------


def room_for_answers(questions: Sequence[Question]) -> int:
    """How many bytes the longest answers take that the questions allow."""
    in_words = {question.key for question in written(questions)}
    longest = {question.key: _longest(question) for question in questions if question.key not in in_words}
    bands = {LEVEL: "1", COUNCIL_TYPE: max([*KINDS_OF_TYPE, OTHER], key=len)}
    return len(json.dumps({"organisation": 10**12, "bands": bands, "answers": longest, "wrote": sorted(in_words)}))


def room_for_texts(question: Question) -> int:
    """How many bytes the longest texts take: four for each character."""
    longest = TEXTS * NAMED if question.kind == Question.Kind.TOP_THREE else MOST_WRITTEN
    return 4 * longest + 64


def _longest(question: Question) -> Any:
    """The answer to a question that takes the most room."""
    keys = sorted((key for key, _ in question.choices), key=len)
    match question.kind:
        case Question.Kind.SEVERAL:
            return keys
        case Question.Kind.TOP_THREE:
            return keys[-TEXTS:]
        case Question.Kind.MATRIX:
            mark = max((key for key, _ in question.scale), key=len)
            return {row: mark for row, _ in question.rows}
        case _:
            return keys[-1] if keys else _NUMBER
