"""Every kind of question is in each list of kinds, so that a new one cannot be half there."""

import pytest

from questions import fields, results
from questions.forms import QuestionForm
from questions.models import Question
from tests.factories.questions import EVERY_KIND


@pytest.mark.parametrize("kind", Question.Kind, ids=str)
def test_a_kind_is_asked_drawn_and_tried(kind):
    assert kind in fields._FIELDS
    ways = (kind in results._CHARTS, kind in Question.WRITTEN, kind == Question.Kind.NUMBER)
    assert sum(ways) == 1, "drawn, written or summed: one of them"
    assert kind in EVERY_KIND
    assert str(kind) in dict(QuestionForm.base_fields["kind"].choices)


def test_of_what_people_write_there_are_no_totals():
    assert [kind for kind in Question.Kind if Question(kind=kind).is_written] == [
        *Question.WRITTEN,
        Question.Kind.TOP_THREE,  # without answers to choose from
    ]
