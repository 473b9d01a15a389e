"""Two people at the same meeting at the same moment: one meeting a day, one outcome, an agenda without doubles."""

import datetime as dt

import pytest

from core import clock
from core.errors import Refused
from steering.models import BoardAction, BodyAttendance, Meeting
from steering.operations import (
    answer_for_body,
    build_agenda,
    cancel_meeting,
    finish_action,
    hold_planned_meeting,
    move_item_up,
    move_meeting,
    plan_meeting,
)
from tests.factories.accounts import UserFactory
from tests.factories.projects import BusinessCaseFactory
from tests.factories.steering import BoardActionFactory, BoardSeatFactory, MeetingFactory
from tests.race import all_at_once, problems
from tests.steering.deciding import all_absent
from tests.steering.motions import SUBMITTED, in_days

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
TIMES = 6


@pytest.fixture
def meeting(transactional_db):
    BoardSeatFactory(central=True)
    return MeetingFactory(planned=True, host=BoardSeatFactory(representative=UserFactory()))


def build_six_times(meeting, sunita) -> list:
    BusinessCaseFactory.create_batch(3, **SUBMITTED)
    BoardActionFactory()
    return all_at_once([lambda: build_agenda(meeting, by=sunita)] * TIMES)


def test_built_six_times_at_once_an_agenda_has_each_thing_once_and_in_order(meeting, sunita):
    assert problems(build_six_times(meeting, sunita)) == []

    items = list(meeting.agenda.all())
    assert len({item.key for item in items}) == len(items) == 5
    assert [item.order for item in items] == [1, 2, 3, 4, 5]


def test_control_without_the_guard_two_build_it_against_each_other(guard_off, meeting, sunita):
    assert problems(build_six_times(meeting, sunita))


def test_planned_six_times_at_once_there_is_one_meeting_on_a_day(meeting, sunita):
    asked = {"day": in_days(200), "host": meeting.host, "place": "Here"}

    outcomes = all_at_once([lambda: plan_meeting(**asked, by=sunita)] * TIMES)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert Meeting.objects.filter(day=in_days(200)).count() == 1


def test_moved_and_cancelled_at_once_a_meeting_is_one_or_the_other_and_whoever_is_late_is_told(meeting, sunita):
    moved = {"day": in_days(200), "host": meeting.host, "place": "Here"}

    all_at_once(
        [
            lambda: cancel_meeting(meeting, reason="Too few.", by=sunita),
            lambda: move_meeting(meeting, **moved, by=sunita),
            lambda: cancel_meeting(meeting, reason="Too few.", by=sunita),
        ]
    )

    now = Meeting.objects.get()
    assert now.is_cancelled
    assert now.moves.count() == (now.day == in_days(200))


def test_written_down_twice_at_once_a_meeting_was_held_once(meeting, sunita):
    Meeting.objects.update(day=clock.today(), starts_at=None, ends_at=None)

    outcomes = all_at_once([lambda: hold_planned_meeting(meeting, came=all_absent(meeting), by=sunita)] * TIMES)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert BodyAttendance.objects.count() == 2


def test_a_body_that_answers_six_times_at_once_has_one_answer(meeting, sunita):
    seat = meeting.host

    outcomes = all_at_once([lambda: answer_for_body(meeting, seat=seat, came="expected", by=sunita)] * TIMES)

    assert problems(outcomes) == []
    assert BodyAttendance.objects.count() == 1


def test_two_who_move_items_at_once_lose_none_and_leave_no_gap(meeting, sunita):
    build_six_times(meeting, sunita)
    items = list(meeting.agenda.all())

    assert problems(all_at_once([lambda item=item: move_item_up(item, by=sunita) for item in items[1:]])) == []

    assert [item.order for item in meeting.agenda.all()] == [1, 2, 3, 4, 5]
    assert {item.pk for item in meeting.agenda.all()} == {item.pk for item in items}


def test_an_action_is_done_once_and_the_second_is_told_what_was_done(transactional_db, sunita):
    action = BoardActionFactory(due_on=clock.today() + dt.timedelta(days=3))

    outcomes = all_at_once([lambda: finish_action(action, words="All answered.", by=sunita)] * TIMES)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert "All answered." in str(problems(outcomes)[0])
    assert BoardAction.objects.get().done_words == "All answered."
