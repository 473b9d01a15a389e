"""Two who ask their first questions at once ask them in one set.

The rule has a control: without the lock on the event the same race must break it.
"""

import pytest

from events.asking import operations as asking
from questions.models import Question, QuestionSet
from tests.factories.events import EventFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


def three_ask_first(monkeypatch, by):
    """The results of three who add a first question at once, and whether all are asked in one set."""
    monkeypatch.setattr(asking, "refuse_where_nobody_is_asked", slowly(asking.refuse_where_nobody_is_asked))
    event = EventFactory()
    fields = {"by": by, "kind": Question.Kind.TEXT}
    results = all_at_once([lambda n=n: asking.ask_at_sign_up(event, words=f"Number {n}?", **fields) for n in range(3)])
    event.refresh_from_db()
    return results, QuestionSet.objects.count() == 1 and event.question_set.questions.count() == 3


def test_first_questions_that_are_asked_at_once_stand_in_one_set(monkeypatch, fatima):
    results, are_together = three_ask_first(monkeypatch, fatima)

    assert not problems(results)
    assert are_together


def test_control_without_the_guard_some_are_asked_of_nobody(monkeypatch, fatima, guard_off):
    results, are_together = three_ask_first(monkeypatch, fatima)

    assert not are_together or any("locked" in str(problem) for problem in problems(results))
