"""Pressed many times at once: a prototype becomes one project, and a business case is written and decided once.

Each rule has a control: with the guard off the same starting line must see it broken. The guard is the row locked by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from outbox.models import Message
from projects.models import BusinessCase, Project
from projects.portfolio.operations import decide_case, draft_case, life, start_project, submit_case
from tests.factories.projects import SUMS, BusinessCaseFactory, ProjectFactory, PrototypeFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)
SUBMITTED = {"state": BusinessCase.State.SUBMITTED, "submitted_at": dt.datetime(2014, 11, 1, tzinfo=dt.UTC)}


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Between looking and writing passes a moment, in the guarded runs and the controls alike."""
    monkeypatch.setattr(life, "save_with_slug", slowly(life.save_with_slug))
    monkeypatch.setattr(BusinessCase, "save", slowly(BusinessCase.save))


def start_six_times(fatima, harlow):
    prototype = PrototypeFactory()
    return all_at_once([lambda: start_project(prototype, by=fatima, lead_council=harlow)] * 6)


def draft_six_times(fatima, harlow):
    project = ProjectFactory(running=True, lead_council=harlow)
    return all_at_once([lambda: draft_case(project, by=fatima, summary="It saves.", **SUMS)] * 6)


def submit_six_times(fatima):
    case = BusinessCaseFactory(project__running=True)
    return all_at_once([lambda: submit_case(case, by=fatima)] * 6)


def accept_and_reject(sunita):
    """Both answers three times over, about one case."""
    case = BusinessCaseFactory(project__running=True, **SUBMITTED)
    return all_at_once(
        [
            lambda number=number: decide_case(
                case,
                by=sunita,
                accepted=number % 2 == 0,
                body="The board",
                decided_on=clock.today(),
                number=f"DEC-{number}",
            )
            for number in range(6)
        ]
    )


def lines(*actions):
    return AuditEvent.objects.filter(action__in=actions).count()


def letters(kind):
    return Message.objects.filter(kind=f"projects.{kind}").count()


def test_started_six_times_at_once_a_prototype_becomes_one_project(fatima, harlow):
    outcomes = start_six_times(fatima, harlow)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert Project.objects.count() == lines("projects.started_project") == 1


def test_control_without_the_guard_only_the_database_stops_the_second_project(guard_off, fatima, harlow):
    assert {type(problem) for problem in problems(start_six_times(fatima, harlow))} != {Refused}


def test_drafted_six_times_at_once_a_case_has_one_version(fatima, harlow):
    outcomes = draft_six_times(fatima, harlow)

    assert problems(outcomes) == []
    assert BusinessCase.objects.get().version == 1
    assert lines("projects.drafted_case") == 1


def test_control_without_the_guard_only_the_database_stops_the_second_draft(guard_off, fatima, harlow):
    assert problems(draft_six_times(fatima, harlow))


def test_submitted_six_times_at_once_a_case_is_handed_in_once(fatima, boris):
    outcomes = submit_six_times(fatima)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert lines("projects.submitted_case") == letters("case_submitted") == 1


def test_control_without_the_guard_a_case_is_handed_in_more_than_once(guard_off, fatima):
    assert [type(problem) for problem in problems(submit_six_times(fatima))] != [Refused] * 5


def test_accepted_and_rejected_at_once_a_case_is_decided_once(sunita):
    outcomes = accept_and_reject(sunita)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert lines("projects.accepted_case", "projects.rejected_case") == letters("case_decided") == 1
    case = BusinessCase.objects.get()
    assert (case.state == BusinessCase.State.ACCEPTED) == bool(case.project.case_accepted_on)


def test_control_without_the_guard_a_case_is_decided_more_than_once(guard_off, sunita):
    assert [type(problem) for problem in problems(accept_and_reject(sunita))] != [Refused] * 5
