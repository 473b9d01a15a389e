"""The board's vote by e-mail at the same moment: asked once about one case, recorded once, one person for one body."""

import pytest

from audit.models import AuditEvent
from core.errors import Refused
from outbox.models import Message
from projects.models import BusinessCase
from steering.models import BoardSeat, Decision, Motion
from steering.operations import ask_board, conclude_motion, remind_of_motion, set_representative
from tests.factories.accounts import UserFactory
from tests.factories.projects import BusinessCaseFactory
from tests.factories.steering import BoardSeatFactory
from tests.race import all_at_once, problems
from tests.steering.motions import ORDER, SUBMITTED, closed, in_days, vote, votes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
TIMES = 6


@pytest.fixture
def bodies(transactional_db):
    return [BoardSeatFactory(representative=UserFactory()) for _ in range(9)]


def record_six_times(bodies, sunita):
    motion = ask_board(**ORDER, closes_on=in_days(3), by=sunita)
    votes(motion, votes_for=5)
    motion = closed(motion)
    return all_at_once([lambda: conclude_motion(motion, by=sunita)] * TIMES)


def lines(action: str) -> int:
    return AuditEvent.objects.filter(action=f"steering.{action}").count()


def test_recorded_six_times_at_once_a_motion_leads_to_one_decision(bodies, sunita):
    outcomes = record_six_times(bodies, sunita)

    assert problems(outcomes) == []
    assert {outcome.decision for outcome in outcomes} == {Decision.objects.get()}
    assert lines("motion_concluded") == lines("gate_decided") == 1
    assert Message.objects.filter(kind="steering.motion_result").count() == 9


def test_control_without_the_guard_it_is_recorded_more_than_once(guard_off, bodies, sunita):
    outcomes = record_six_times(bodies, sunita)

    assert problems(outcomes) or lines("motion_concluded") > 1


def test_asked_six_times_at_once_the_board_is_asked_once_about_a_case(bodies, sunita):
    case = BusinessCaseFactory(**SUBMITTED)

    outcomes = all_at_once([lambda: ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)] * TIMES)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert Motion.objects.count() == 1
    assert BusinessCase.objects.get().state == BusinessCase.State.SUBMITTED


def test_named_for_two_bodies_at_once_somebody_votes_for_one(bodies, sunita):
    amir = UserFactory()

    outcomes = all_at_once([lambda seat=seat: set_representative(seat, person=amir, by=sunita) for seat in bodies[:4]])

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 3
    assert BoardSeat.objects.filter(representative=amir).count() == 1


def test_while_a_body_changes_its_representative_it_casts_one_vote(bodies, sunita):
    motion, before, after = ask_board(**ORDER, closes_on=in_days(3), by=sunita), bodies[0].representative, UserFactory()

    all_at_once(
        [
            lambda: vote(motion, before, "For"),
            lambda: set_representative(bodies[0], person=after, by=sunita),
            lambda: vote(motion, before, "Against"),
        ]
    )
    vote(motion, after, "Abstain")

    only = motion.ballot.votes.get()
    assert (only.organisation, only.person, only.options.get().title) == (bodies[0].body, after, "Abstain")


def test_reminded_six_times_at_once_everybody_missing_gets_one_mail(bodies, sunita):
    motion = ask_board(**ORDER, closes_on=in_days(3), by=sunita)

    outcomes = all_at_once([lambda: remind_of_motion(motion, by=sunita)] * TIMES)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert Message.objects.filter(kind="steering.motion_reminder").count() == 9
