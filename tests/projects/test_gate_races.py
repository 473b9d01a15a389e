"""Two people at one gate, or ending one project: one passes it, the other is told who did and when.

Each act has a control: with the guard off the same
starting line must see it done twice, or somebody who is not told.
"""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core.errors import Refused
from projects.discoveries import operations as discoveries
from projects.discoveries.models import Discovery
from projects.models import PotentialProject, PriorityIssue, Project
from projects.portfolio.operations import finish_project, launch, stop_project
from tests.factories.projects import BusinessCaseFactory, DiscoveryFactory, ProjectFactory, PrototypeFactory
from tests.race import all_at_once, problems, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
TIMES = 4


def at_the_end_of_step_one():
    discovery = DiscoveryFactory(feasibility="feasible", feasibility_reason="The figures exist.")
    PriorityIssue.objects.create(discovery=discovery, wording="Nobody knows the charges")
    PotentialProject.objects.create(discovery=discovery, title="Calculator", scope="A page")
    return discovery


def at_the_launch():
    day = dt.date(2014, 12, 10)
    submitted = {"submitted_at": dt.datetime(2014, 11, 1, tzinfo=dt.UTC)}
    decided = {"decided_on": day, "decision_number": "DEC-2014-01", "decided_by_body": "The board"}
    return BusinessCaseFactory(state="accepted", **submitted, **decided, project__case_accepted_on=day).project


# Each act: what it is done to, how, its line in the trail, the verb that the others are told.
ACTS = {
    "the end of step 1": (at_the_end_of_step_one, discoveries.end_step_one, "projects.ended_step_one", "Ended"),
    "the end of step 2": (
        lambda: PrototypeFactory().discovery,
        discoveries.end_step_two,
        "projects.ended_step_two",
        "Ended",
    ),
    "the launch": (at_the_launch, launch, "projects.launched", "Launched"),
    "a stop": (
        ProjectFactory,
        lambda project, by: stop_project(project, by=by, lesson="Too early."),
        "projects.stopped_project",
        "Stopped",
    ),
    "a finish": (
        lambda: ProjectFactory(stage=Project.Stage.LAUNCH),
        finish_project,
        "projects.finished_project",
        "Finished",
    ),
}


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    for model in (Discovery, Project):
        monkeypatch.setattr(model, "save", slowly(model.save))


def done_once_and_told(name, by):
    """Whether an act tried by several at once was done by one, and every other was told by whom and when."""
    of, act, action, verb = ACTS[name]
    record = of()
    outcomes = all_at_once([lambda: act(record, by=by)] * TIMES)
    told = [each for each in problems(outcomes) if isinstance(each, Refused) and f"{verb} by {by} at " in str(each)]
    return len(told) == TIMES - 1 and AuditEvent.objects.filter(action=action).count() == 1


@pytest.mark.parametrize("name", ACTS)
def test_of_several_at_once_one_passes_and_the_others_are_told_who_and_when(name, fatima):
    assert done_once_and_told(name, fatima)


@pytest.mark.parametrize("name", ACTS)
def test_control_without_the_guard_it_is_done_twice_or_somebody_is_not_told(guard_off, name, fatima):
    assert not done_once_and_told(name, fatima)
