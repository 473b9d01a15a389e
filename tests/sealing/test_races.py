"""A close is a clean cut: whoever was told that their answer was taken is among those opened, and nobody else is.

Each rule has its control: without the lock the same race must break it. The lock is on the row of the round, taken by
the operations on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest

from core.errors import Refused
from sealing.models import Mark, Staged
from sealing.operations import close_round, hand_in, open_round
from tests.factories.accounts import UserFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, TIMES = 8, 3


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait between reading and writing, in the run with the lock and in the controls."""
    monkeypatch.setattr(Mark, "save", slowly(Mark.save))


def close_while_people_hand_in():
    """What each call came to, and the answers that were written."""
    round, written = open_round("Feedback", length=100), []
    people = UserFactory.create_batch(PEOPLE)
    calls = [lambda n=n, who=who: hand_in(round, who=who, answer={"n": n}) for n, who in enumerate(people)]
    calls.insert(PEOPLE // 2, lambda: close_round(round, write=written.extend))
    results = all_at_once(calls)
    del results[PEOPLE // 2]
    return results, written


def is_a_clean_cut(results, written):
    taken = [n for n, result in enumerate(results) if result is None]
    refused = [type(problem) for problem in problems(results)] == [Refused] * (PEOPLE - len(taken))
    return refused and sorted(answer["n"] for answer in written) == taken and not Staged.objects.exists()


def test_a_close_during_handing_in_opens_exactly_what_was_taken():
    assert all(is_a_clean_cut(*close_while_people_hand_in()) for _ in range(TIMES))


def test_control_without_the_guard_answers_are_taken_that_nobody_opens(guard_off):
    assert not all(is_a_clean_cut(*close_while_people_hand_in()) for _ in range(TIMES))


def hand_in_six_times():
    round, amina = open_round("Feedback", length=100), UserFactory()
    return all_at_once([lambda: hand_in(round, who=amina, answer={})] * 6)


def test_handed_in_six_times_at_once_an_answer_counts_once():
    results = hand_in_six_times()

    assert [type(problem) for problem in problems(results)] == [Refused] * 5
    assert Staged.objects.count() == Mark.objects.count() == 1


def test_without_the_lock_the_constraint_alone_still_counts_it_once(guard_off):
    results = hand_in_six_times()

    assert len(problems(results)) >= 5
    assert Staged.objects.count() == Mark.objects.count() <= 1


def test_closed_six_times_at_once_a_round_is_opened_once():
    round, written = open_round("Feedback", length=100), []
    hand_in(round, who=UserFactory(), answer={"n": 1})

    assert problems(all_at_once([lambda: close_round(round, write=written.extend)] * 6)) == []

    assert written == [{"n": 1}]
