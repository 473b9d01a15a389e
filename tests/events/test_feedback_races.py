"""The form sent six times at once counts once, and six first forms go into one round.

The rule has a control: without the lock the same race must break it. The lock is on the row of the event, taken by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest

from core.errors import Refused
from events.feedback.operations import give_feedback, open_feedback
from sealing.models import Mark, Round, Staged
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.voting import checked_in
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait between reading and writing, in the run with the lock and in the control."""
    monkeypatch.setattr(Mark, "save", slowly(Mark.save))
    monkeypatch.setattr(Round, "save", slowly(Round.save))


def form_of(place):
    return lambda: give_feedback(place.event, answers={"would_recommend": True}, place_reference=place.reference)


def send_six_times():
    return all_at_once([form_of(checked_in(EventFactory(started=True), UserFactory()))] * 6)


def send_six_first_forms():
    event = EventFactory(started=True)
    return all_at_once([*(form_of(checked_in(event, UserFactory())) for _ in range(6)), open_feedback])


def test_sent_six_times_at_once_a_form_counts_once():
    results = send_six_times()

    assert [type(problem) for problem in problems(results)] == [Refused] * 5
    assert Staged.objects.count() == Mark.objects.count() == 1


def test_control_without_the_guard_it_counts_more_than_once(guard_off):
    assert [type(problem) for problem in problems(send_six_times())] != [Refused] * 5


def test_the_first_forms_go_into_one_round():
    assert problems(send_six_first_forms()) == []

    assert Round.objects.get().marks.count() == 6


def test_control_without_the_guard_rounds_are_opened_side_by_side(guard_off):
    assert problems(send_six_first_forms()) or Round.objects.count() > 1
