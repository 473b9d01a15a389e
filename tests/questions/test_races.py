"""A first answer and a change of its question, or two changes, at once: never an answer that nobody offered.

Each rule has a control: without the lock on the set the same race must break it.
"""

import pytest

from core.errors import CHANGED_SINCE
from questions.models import AnswerSheet
from questions.operations import answers as answering
from questions.operations import asking, change_question, hand_in_answers
from questions.queries import asked
from tests.factories.accounts import UserFactory
from tests.factories.questions import KIND, a_question
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait between reading and writing, in the runs with the lock and in the controls."""
    monkeypatch.setattr(answering, "check", slowly(answering.check))
    monkeypatch.setattr(asking, "refuse_wrong", slowly(asking.refuse_wrong))


def answer_while_it_changes():
    """Whether what came of it fits together: the answer is one that the question offers."""
    question, people = a_question(kind=KIND.ONE, options=["Meat", "Fish"]), UserFactory.create_batch(3)
    answers = [
        lambda person=person: hand_in_answers(question.set, {question.key: "meat"}, person=person) for person in people
    ]
    results = all_at_once([lambda: change_question(question, options=["Rice", "Fish", "Bread"]), *answers])
    offered = dict(asked(question.set)[0].options)
    given = {sheet.answers.get(question.key) for sheet in AnswerSheet.objects.filter(set=question.set)}
    return results, given <= offered.keys()


def two_edit():
    """How many of two who opened the same form were told that the other was first."""
    question = a_question()
    return problems(
        all_at_once([lambda n=n: change_question(question, read_at=0, words=f"Number {n}?") for n in range(2)])
    )


def test_a_first_answer_while_its_question_changes_is_one_that_it_offers():
    results, fits = answer_while_it_changes()

    assert fits
    assert len(problems(results)) in {1, 3}  # the change came too late, or the three answers did


def test_control_without_the_guard_an_answer_is_kept_that_nobody_offers(guard_off):
    results, fits = answer_while_it_changes()

    assert not fits or any("locked" in str(problem) for problem in problems(results))


def test_of_two_who_change_one_question_at_once_the_second_is_told():
    (second,) = two_edit()

    assert str(second) == CHANGED_SINCE


def test_control_without_the_guard_the_second_undoes_the_first(guard_off):
    told = [str(problem) for problem in two_edit()]

    assert CHANGED_SINCE not in told
