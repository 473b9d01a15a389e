"""The form sent six times at once counts once.

The rule has a control: without the lock the same race must break it. The lock is on the row of the place, taken by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest

from core.errors import Refused
from events.feedback.operations import give_feedback
from events.models import Feedback
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.voting import checked_in
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait between reading and writing, in the run with the lock and in the control."""
    monkeypatch.setattr(Feedback, "save", slowly(Feedback.save))


def send_six_times():
    place = checked_in(EventFactory(started=True), UserFactory())
    answers = {"would_recommend": True}
    return all_at_once([lambda: give_feedback(place.event, answers=answers, place_reference=place.reference)] * 6)


def test_sent_six_times_at_once_a_form_counts_once():
    results = send_six_times()

    assert [type(problem) for problem in problems(results)] == [Refused] * 5
    assert Feedback.objects.count() == 1


def test_control_without_the_guard_it_counts_more_than_once(guard_off):
    assert [type(problem) for problem in problems(send_six_times())] != [Refused] * 5
