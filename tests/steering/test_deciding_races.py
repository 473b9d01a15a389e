"""Two who decide at the same moment: one wins, the other is told who and when; a seat does not end under a vote."""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from projects.models import BusinessCase
from projects.portfolio.case_content import content_hash
from steering.models import BoardSeat, Decision, GateAssessment
from steering.operations import (
    ask_board,
    assess_gate,
    conclude_motion,
    end_seat,
    meet_conditions,
    record_implementation,
    record_review,
    seat_body,
)
from steering.queries.decisions import Shown
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory
from tests.factories.projects import BusinessCaseFactory, ProjectFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory
from tests.race import all_at_once, problems, slowly
from tests.steering.deciding import HELD_ON, decided, meeting_of
from tests.steering.motions import ORDER, SUBMITTED, closed, in_days, votes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
TIMES = 4


@pytest.fixture
def seats(transactional_db):
    return [BoardSeatFactory(representative=UserFactory()) for _ in range(9)]


def decide_at_once(seats, sunita, **said):
    meeting, case = meeting_of(seats), BusinessCaseFactory(**SUBMITTED)
    shown = Shown("", content_hash(case))
    return all_at_once([lambda: decided(case, by=sunita, meeting=meeting, shown=shown, **said)] * TIMES)


@pytest.mark.parametrize("result", ["accepted", "deferred"])
def test_of_those_who_decide_a_case_at_once_one_wins_and_the_others_are_told_who_and_when(seats, sunita, result):
    outcomes = decide_at_once(seats, sunita, result=result)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    decision = Decision.objects.get()
    assert all(f"{sunita} recorded {decision.number} about this at" in str(each) for each in problems(outcomes))
    assert decision.stands.count() == 9


def test_control_without_the_guard_two_of_them_win_or_break(guard_off, seats, sunita):
    outcomes = decide_at_once(seats, sunita, result="deferred")

    assert [type(problem) for problem in problems(outcomes)] != [Refused] * (TIMES - 1)


def test_a_case_that_is_decided_by_email_and_at_a_meeting_at_once_is_decided_once(seats, sunita):
    case = BusinessCaseFactory(state="submitted", submitted_at=clock.now())
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    votes(motion, votes_for=6)
    motion, meeting = closed(motion), meeting_of(seats, clock.today())

    all_at_once(
        [
            lambda: conclude_motion(motion, by=sunita),
            lambda: decided(case, by=sunita, meeting=meeting),
            lambda: conclude_motion(motion, by=sunita),
        ]
    )

    assert Decision.objects.filter(business_case=case).count() == 1
    assert BusinessCase.objects.get().state == "accepted"


def test_conditions_met_by_several_at_once_accept_the_case_once(seats, sunita):
    case = BusinessCaseFactory(**SUBMITTED)
    decision = decided(case, by=sunita, meeting=meeting_of(seats), result="conditional", conditions="Ask.")

    outcomes = all_at_once([lambda: meet_conditions(decision, words="They are.", by=sunita)] * TIMES)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert BusinessCase.objects.get().state == "accepted"


def _carried_out(by):
    decision = DecisionFactory(decided_on=HELD_ON)
    words = {"words": "Live.", "done_by": "Harlow", "done_on": HELD_ON}
    return Decision, lambda: record_implementation(decision, by=by, **words)


def _reviewed(by):
    decision = DecisionFactory(decided_on=HELD_ON, review_on=HELD_ON + dt.timedelta(days=90))
    later = {"reviewed_on": HELD_ON + dt.timedelta(days=90), "review_on": HELD_ON + dt.timedelta(days=180)}
    return Decision, lambda: record_review(decision, wording="It holds.", by=by, **later)


def _assessed(by):
    project, points = ProjectFactory(), dict.fromkeys(range(1, 15), ("green", ""))
    return GateAssessment, lambda: assess_gate(project, points=points, assessed_on=HELD_ON, by=by)


# What is recorded, its line in the trail and the verb that the others are told.
RECORDED = {
    "carried out": (_carried_out, "steering.decision_implemented", "Written down"),
    "a review": (_reviewed, "steering.decision_reviewed", "Reviewed"),
    "an assessment": (_assessed, "steering.gate_assessed", "Recorded"),
}


def recorded_once_and_told(name, by, monkeypatch):
    """Whether what several record at once is recorded by one, and every other was told by whom and when."""
    scene, action, verb = RECORDED[name]
    model, act = scene(by)
    monkeypatch.setattr(model, "save", slowly(model.save))
    outcomes = all_at_once([act] * TIMES)
    told = [each for each in problems(outcomes) if isinstance(each, Refused) and f"{verb} by {by} at " in str(each)]
    return len(told) == TIMES - 1 and AuditEvent.objects.filter(action=action).count() == 1


@pytest.mark.parametrize("name", RECORDED)
def test_of_those_who_record_it_at_once_one_does_and_the_others_are_told_who_and_when(name, sunita, monkeypatch):
    assert recorded_once_and_told(name, sunita, monkeypatch)


@pytest.mark.parametrize("name", RECORDED)
def test_control_without_the_guard_it_is_recorded_twice_or_somebody_is_not_told(guard_off, name, sunita, monkeypatch):
    assert not recorded_once_and_told(name, sunita, monkeypatch)


def test_a_seat_that_ends_while_it_is_decided_ends_after_or_does_not_stand(seats, sunita):
    case, meeting = BusinessCaseFactory(**SUBMITTED), meeting_of(seats[:8])
    leaving = seats[8]
    meeting_of([leaving], HELD_ON - dt.timedelta(days=90))
    meeting.attendances.create(seat=leaving, came="expected")
    meeting.attendances.filter(seat=leaving).update(came="present")
    until = HELD_ON - dt.timedelta(days=1)

    all_at_once([lambda: decided(case, by=sunita, meeting=meeting), lambda: end_seat(leaving, until=until, by=sunita)])

    for stand in Decision.objects.get().stands.all() if Decision.objects.exists() else ():
        assert stand.seat.is_of(HELD_ON)


def test_a_body_seated_by_several_at_once_has_one_seat(seats, sunita):
    body = DepartmentFactory()

    all_at_once([lambda: seat_body(body, side="local", order=500, by=sunita)] * TIMES)

    assert BoardSeat.objects.filter(body=body).count() == 1
