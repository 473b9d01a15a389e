"""The form sent six times at once counts once, and what opens a round six times at once opens one.

The rule has a control: without the lock the same race must break it. The lock is on the row of the event, taken by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest

from accounts.roles import Role
from core.errors import Refused
from events.desk.operations import check_in
from events.feedback.operations import give_feedback, open_feedback
from events.models import Event
from sealing.models import Mark, Round, Staged
from tests.factories.accounts import UserFactory, give_role
from tests.factories.events import EventFactory, SignUpFactory
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
    place = checked_in(EventFactory(started=True), UserFactory())
    open_feedback()
    return all_at_once([form_of(place)] * 6)


def open_six_times():
    """By the first check-ins and the schedule."""
    event, fatima = EventFactory(started=True), give_role(UserFactory(), Role.FACILITATOR)
    places = [SignUpFactory(event=event) for _ in range(5)]
    return all_at_once([*(lambda place=place: check_in(place, by=fatima) for place in places), open_feedback])


def test_sent_six_times_at_once_a_form_counts_once():
    results = send_six_times()

    assert [type(problem) for problem in problems(results)] == [Refused] * 5
    assert Staged.objects.count() == Mark.objects.count() == 1


def test_without_the_lock_the_constraint_alone_still_counts_it_once(guard_off):
    assert len(problems(send_six_times())) >= 5
    assert Staged.objects.count() == Mark.objects.count() <= 1


def test_an_event_has_one_round_whoever_opens_it():
    assert problems(open_six_times()) == []

    assert Event.objects.get().feedback_round == Round.objects.get()


def test_control_without_the_guard_rounds_are_opened_side_by_side(guard_off):
    assert problems(open_six_times()) or Round.objects.count() > 1
