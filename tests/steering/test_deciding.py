"""The secretariat records what the board decided, counted by body; the number has no gaps; accepting unlocks step 4."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from projects.models import BusinessCase, Project
from projects.portfolio.operations import launch
from steering.models import Decision
from steering.operations import BOARD, decide_gate
from tests.factories.projects import BusinessCaseFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory, MeetingFactory

pytestmark = pytest.mark.sql

SUBMITTED = {"state": BusinessCase.State.SUBMITTED, "submitted_at": dt.datetime(2014, 11, 1, tzinfo=dt.UTC)}
VOTES = {"accepted": True, "wording": "The board accepts it.", "votes_for": 7, "votes_against": 0, "abstentions": 2}


@pytest.fixture
def seats(db):
    return BoardSeatFactory.create_batch(9)


@pytest.fixture
def case(harlow):
    return BusinessCaseFactory(project__lead_council=harlow, **SUBMITTED)


def test_seven_for_and_two_abstaining_accept_and_unlock_step_four(seats, case, sunita):
    decision = decide_gate(case, by=sunita, decided_on=dt.date(2014, 12, 10), **VOTES)

    case.refresh_from_db()
    assert (case.state, case.decided_by_body, case.decision_number) == ("accepted", BOARD, decision.number)
    assert decision.number == "DEC-2014-01"
    assert (decision.votes_for, decision.votes_against, decision.abstentions) == (7, 0, 2)
    assert launch(case.project, by=sunita).stage == Project.Stage.LAUNCH


def test_without_an_accepted_case_nothing_launches(seats, case, sunita):
    decide_gate(case, by=sunita, **{**VOTES, "accepted": False, "votes_for": 2, "votes_against": 4})

    with pytest.raises(Refused):
        launch(case.project, by=sunita)


def test_only_the_secretariat_records(seats, case, boris, fatima, grace, edith):
    for person in (boris, fatima, grace, edith):
        with pytest.raises(PermissionDenied):
            decide_gate(case, by=person, **VOTES)
    assert not Decision.objects.exists()
    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED


def test_the_gate_is_the_only_way_to_decide_a_case():
    """Who decides is asked there and nowhere below it."""
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    files = [path for app in ours for path in app.rglob("*.py")]

    assert {path.relative_to(settings.BASE_DIR).as_posix() for path in files if "decide_case(" in path.read_text()} == {
        "projects/portfolio/operations.py",
        "steering/operations/decisions.py",
    }


def test_numbers_follow_one_another_within_a_year_of_decisions(seats, harlow, sunita):
    years = (2014, 2014, 2015, 2014)

    numbers = [
        decide_gate(BusinessCaseFactory(**SUBMITTED), by=sunita, decided_on=dt.date(year, 12, 10), **VOTES).number
        for year in years
    ]

    assert numbers == ["DEC-2014-01", "DEC-2014-02", "DEC-2015-01", "DEC-2014-03"]


def test_a_refused_decision_takes_no_number(seats, case, sunita):
    with pytest.raises(Refused):
        decide_gate(case, by=sunita, **{**VOTES, "votes_for": 8})

    assert decide_gate(case, by=sunita, decided_on=dt.date(2014, 12, 10), **VOTES).number == "DEC-2014-01"


def test_after_ninety_nine_comes_a_hundred(seats, case, sunita):
    DecisionFactory(number="DEC-2014-99")

    assert decide_gate(case, by=sunita, decided_on=dt.date(2014, 12, 10), **VOTES).number == "DEC-2014-100"


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"votes_for": 8, "abstentions": 2}, "votes_for", "the board has 9"),
        ({"votes_for": 0, "abstentions": 0}, "votes_for", "how the bodies stood"),
        ({"votes_for": -1}, "votes_for", "how the bodies stood"),
        ({"votes_for": 3, "votes_against": 3}, "votes_for", "more bodies for it"),
        ({"accepted": False}, "votes_for", "that is an acceptance"),
        ({"decided_on": dt.date(2014, 10, 31)}, "decided_on", "submitted after that day"),
        ({"review_on": dt.date(2014, 12, 10)}, "review_on", "after the decision"),
    ],
)
def test_what_cannot_have_been_decided_is_refused(seats, case, sunita, given, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        decide_gate(case, by=sunita, **{"decided_on": dt.date(2014, 12, 10), **VOTES, **given})

    assert refusal.value.field == field
    assert not Decision.objects.exists()


def test_a_day_to_come_is_refused(seats, case, sunita):
    with pytest.raises(Refused, match="has been taken"):
        decide_gate(case, by=sunita, decided_on=clock.today() + dt.timedelta(days=1), **VOTES)


def test_a_case_is_decided_once(seats, case, sunita):
    decide_gate(case, by=sunita, **VOTES)

    with pytest.raises(Refused):
        decide_gate(case, by=sunita, **VOTES)
    assert Decision.objects.count() == 1


def test_a_draft_is_not_decided(seats, sunita):
    with pytest.raises(Refused, match="not been submitted"):
        decide_gate(BusinessCaseFactory(), by=sunita, **VOTES)


def test_a_board_without_a_roster_decides_nothing(case, sunita):
    with pytest.raises(Refused, match="the board has 0"):
        decide_gate(case, by=sunita, **VOTES)


def test_a_decision_at_a_meeting_has_its_day(seats, case, sunita):
    meeting = MeetingFactory(day=dt.date(2014, 12, 10), host=seats[0])
    meeting.present.set(seats)

    with pytest.raises(Refused, match="That meeting was on 10 December 2014"):
        decide_gate(case, by=sunita, meeting=meeting, decided_on=dt.date(2014, 12, 11), **VOTES)
    assert decide_gate(case, by=sunita, meeting=meeting, **VOTES).decided_on == meeting.day


def test_fewer_than_five_of_the_nine_bodies_decide_nothing(seats, case, sunita):
    for accepted, stood in ((True, (1, 0, 0)), (True, (4, 0, 0)), (False, (1, 2, 1))):
        counts = dict(zip(("votes_for", "votes_against", "abstentions"), stood, strict=True))
        with pytest.raises(Refused, match="of 9 bodies; the board decides with at least 5") as refusal:
            decide_gate(case, by=sunita, **{**VOTES, "accepted": accepted, **counts})
        assert refusal.value.field == "votes_for"
    case.refresh_from_db()
    assert (case.state, Decision.objects.count()) == (BusinessCase.State.SUBMITTED, 0)

    five = {"votes_for": 1, "votes_against": 0, "abstentions": 4}
    assert decide_gate(case, by=sunita, **{**VOTES, **five}).bodies == 5


def test_at_a_meeting_only_the_bodies_that_were_there_count(seats, case, sunita):
    meeting = MeetingFactory(day=dt.date(2014, 12, 10), host=seats[0])
    meeting.present.set(seats[:8])

    with pytest.raises(Refused, match="That is 9 bodies; 8 were at the meeting"):
        decide_gate(case, by=sunita, meeting=meeting, **VOTES)
    assert decide_gate(case, by=sunita, meeting=meeting, **{**VOTES, "abstentions": 1}).bodies == 8


def test_the_database_keeps_no_decision_without_its_quorum(db):
    with pytest.raises(IntegrityError, match="a_decision_had_its_quorum"):
        DecisionFactory(votes_for=4, abstentions=0)


def test_the_audit_trail_says_who_recorded_it(seats, case, sunita):
    decide_gate(case, by=sunita, **VOTES)

    assert AuditEvent.objects.get(action="steering.gate_decided").by == sunita


@pytest.mark.django_db(transaction=True)
def test_decisions_recorded_at_the_same_moment_have_different_numbers(sunita):
    BoardSeatFactory.create_batch(9)
    cases = [BusinessCaseFactory(**SUBMITTED) for _ in range(6)]
    together, problems = threading.Barrier(len(cases)), []

    def record(case):
        try:
            together.wait()
            decide_gate(case, by=sunita, decided_on=dt.date(2014, 12, 10), **VOTES)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=record, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert sorted(Decision.objects.values_list("number", flat=True)) == [f"DEC-2014-0{n}" for n in range(1, 7)]
