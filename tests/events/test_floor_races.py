"""Questions from the floor at one moment: a person counts once, a question stands once, counters are right.

A control shows that the same moment goes wrong without the lock.
"""

import pytest

from core.errors import Refused
from events.floor import operations
from events.floor.models import FloorQuestion
from tests.events.test_floor import there
from tests.factories.events import SignUpFactory, floor_question
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait between reading and writing, in the runs with the guard and in the controls."""
    monkeypatch.setattr(operations, "refuse_unless_on", slowly(operations.refuse_unless_on))
    monkeypatch.setattr(FloorQuestion, "save", slowly(FloorQuestion.save))
    monkeypatch.setattr(operations, "_add_votes", slowly(operations._add_votes))


def votes(question):
    question.refresh_from_db()
    return question.votes, question.given.count()


def people_at(event, number):
    return [SignUpFactory(event=event).person for _ in range(number)]


def test_five_presses_of_one_person_are_one_vote(amina):
    question = floor_question(person=amina)

    results = all_at_once([lambda: operations.vote_for_question(question, by=amina)] * 5)

    assert problems(results) == []
    assert votes(question) == (1, 1)


def test_votes_of_many_and_votes_taken_back_at_once_are_all_counted():
    question = floor_question()
    people = people_at(question.event, 6)
    for person in people[:3]:
        operations.vote_for_question(question, by=person)

    results = all_at_once(
        [
            *[lambda p=p: operations.vote_for_question(question, by=p) for p in people[3:]],
            *[lambda p=p: operations.take_vote_back(question, by=p) for p in people[:2]] * 2,
        ]
    )

    assert problems(results) == []
    assert votes(question) == (4, 4)


def test_the_same_question_sent_five_times_at_once_stands_once(amina):
    event = there(amina)

    results = all_at_once([lambda: operations.ask_from_floor(event, by=amina, words="Who pays?")] * 5)

    assert problems(results) == []
    assert len({question.pk for question in results}) == event.floor_questions.count() == 1


def test_more_questions_at_once_than_one_person_may_have_are_refused(amina):
    event = there(amina)

    results = all_at_once(
        [lambda n=n: operations.ask_from_floor(event, by=amina, words=f"Question {n}?") for n in range(8)]
    )

    assert [type(problem) for problem in problems(results)] == [Refused] * 3
    assert event.floor_questions.count() == operations.MOST_QUESTIONS


def test_control_without_the_lock_the_same_question_stands_several_times(amina, guard_off):
    event = there(amina)

    results = all_at_once([lambda: operations.ask_from_floor(event, by=amina, words="Who pays?")] * 5)

    assert problems(results) or event.floor_questions.count() > 1


def test_two_who_moderate_at_once_never_show_what_is_hidden_and_a_vote_is_counted(fatima, sunita):
    for _ in range(3):
        question = floor_question()
        [voter] = people_at(question.event, 1)

        results = all_at_once(
            [
                lambda q=question: operations.hide_question(q, by=fatima, reason="Asked before."),
                lambda q=question: operations.show_question(q, by=sunita),
                lambda q=question: operations.answer_question(q, by=fatima),
                lambda q=question, v=voter: operations.vote_for_question(q, by=v),
            ]
        )

        assert {type(problem) for problem in problems(results)} <= {Refused}, "only what comes too late is refused"
        question.refresh_from_db()
        assert question.state == "hidden", "whoever hides it has the last word, whenever the others press"
        assert bool(question.hidden_because) == (question.state == "hidden")
        assert question.votes == question.given.count() == (not isinstance(results[3], Exception))
