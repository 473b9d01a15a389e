"""A prototype becomes a project; only an accepted business case unlocks its launch (W3)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from core.errors import Refused
from councils.models import Membership
from projects.models import BusinessCase, Discovery, Project
from projects.portfolio import operations
from tests.factories.councils import DepartmentFactory, MembershipFactory
from tests.factories.projects import SUMS, BusinessCaseFactory, DiscoveryFactory, ProjectFactory, PrototypeFactory

CASE = {"summary": "Fewer calls about charges.", **SUMS}
BY_BOARD = {"body": "Steering board", "decided_on": dt.date(2026, 6, 10), "number": "DEC-2026-01"}


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def project(fatima, harlow):
    return operations.start_project(PrototypeFactory(), by=fatima, lead_council=harlow)


@pytest.fixture
def submitted(project, publisher, on_day):
    with on_day(2026, 6, 1, 12):
        case = operations.draft_case(project, by=publisher, **CASE)
        return operations.submit_case(case, by=publisher)


@pytest.fixture
def decided(submitted, boris, on_day):
    """A function: the submitted case decided on 10 June 2026."""

    def decide(*, accepted):
        with on_day(2026, 6, 10, 12):
            return operations.decide_case(submitted, by=boris, accepted=accepted, **BY_BOARD)

    return decide


def test_a_project_takes_title_summary_and_discovery_from_its_prototype(fatima, harlow):
    prototype = PrototypeFactory()

    project = operations.start_project(prototype, by=fatima, lead_council=harlow, partners=[DepartmentFactory()])

    assert (project.title, project.summary) == (prototype.title, prototype.summary)
    assert (project.discovery, project.stage) == (prototype.discovery, Project.Stage.CO_DEVELOP)
    assert project.partners.count() == 1


def test_a_prototype_becomes_one_project(project, fatima, harlow):
    with pytest.raises(Refused, match="became the project"):
        operations.start_project(project.prototype, by=fatima, lead_council=harlow)


def test_an_unready_prototype_or_one_of_a_stopped_discovery_becomes_none(fatima, harlow):
    stopped = DiscoveryFactory(step=Discovery.Step.STOPPED, stopped_on=dt.date(2015, 1, 1), lesson="Rules differ")

    with pytest.raises(Refused, match="outline business case"):
        operations.start_project(PrototypeFactory(outline=None), by=fatima, lead_council=harlow)
    with pytest.raises(Refused, match="was stopped"):
        operations.start_project(PrototypeFactory(discovery=stopped), by=fatima, lead_council=harlow)


def test_a_council_leads(fatima):
    with pytest.raises(Refused, match="A council leads"):
        operations.start_project(PrototypeFactory(), by=fatima, lead_council=DepartmentFactory())


def test_who_may_write_for_a_project(project, amina, publisher, grace, fatima, sunita, boris, carlos):
    for person in (publisher, grace, fatima, sunita):
        assert operations.post_update(project, line=f"By {person}", by=person).pk
    for person in (amina, boris, carlos):
        with pytest.raises(PermissionDenied):
            operations.post_update(project, line="Mine", by=person)


def test_a_publisher_or_an_editor_starts_none(publisher, harlow, edith):
    for person in (publisher, edith):
        with pytest.raises(PermissionDenied):
            operations.start_project(PrototypeFactory(), by=person, lead_council=harlow)


def test_an_update_moves_the_next_one_due_and_counts_once(project, publisher, on_day):
    with on_day(2026, 7, 1, 12):
        operations.post_update(project, line="Third council live", by=publisher)
        operations.post_update(project, line="Third council live", by=publisher)

    project.refresh_from_db()
    assert project.updates.count() == 1
    assert project.next_update_due == dt.date(2026, 7, 15)


def test_without_an_accepted_case_nothing_launches(project, submitted, decided, publisher):
    with pytest.raises(Refused, match=r"unlocks the launch\. Its state: submitted"):
        operations.launch(project, by=publisher)
    decided(accepted=False)
    with pytest.raises(Refused, match="Its state: rejected"):
        operations.launch(project, by=publisher)


def test_a_project_without_any_case_does_not_launch(project, publisher):
    with pytest.raises(Refused, match="There is none yet"):
        operations.launch(project, by=publisher)


def test_an_accepted_case_says_by_whom_when_under_which_number_and_unlocks(project, decided, publisher):
    case = decided(accepted=True)

    assert (case.decided_by_body, case.decided_on, case.decision_number) == tuple(BY_BOARD.values())
    launched = operations.launch(project, by=publisher)
    assert (launched.stage, launched.case_accepted_on) == (Project.Stage.LAUNCH, dt.date(2026, 6, 10))
    assert AuditEvent.objects.filter(action__in=["projects.accepted_case", "projects.launched"]).count() == 2


def test_the_database_refuses_a_launch_without_an_accepted_case(project):
    for stage in ("launch", "finished"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=project.pk).update(stage=stage, launched_on=dt.date(2026, 7, 1))


def test_the_database_refuses_a_decision_without_body_day_and_number(project):
    with pytest.raises(IntegrityError), transaction.atomic():
        BusinessCaseFactory(project=project, state="accepted")


def test_a_launch_is_neither_to_come_nor_before_its_decision(project, decided, publisher):
    decided(accepted=True)

    for day in (dt.date(2026, 6, 9), dt.date(2999, 1, 1)):
        with pytest.raises(Refused) as refusal:
            operations.launch(project, by=publisher, launched_on=day)
        assert refusal.value.field == "launched_on"


def test_a_draft_is_written_over_and_a_submitted_case_stays(project, publisher):
    first = operations.draft_case(project, by=publisher, **CASE)
    again = operations.draft_case(project, by=publisher, **CASE | {"volume": 7})
    operations.submit_case(again, by=publisher)

    assert (first, again.volume) == (again, 7)
    with pytest.raises(Refused, match="submitted and stays"):
        operations.draft_case(project, by=publisher, **CASE)
    with pytest.raises(Refused, match="not a draft"):
        operations.submit_case(again, by=publisher)


def test_after_a_rejection_a_second_version_begins(project, decided, publisher):
    decided(accepted=False)

    assert operations.draft_case(project, by=publisher, **CASE).version == 2
    assert list(project.business_cases.values_list("version", "state")) == [(2, "draft"), (1, "rejected")]


def test_a_case_is_decided_once_after_it_was_submitted(project, publisher, boris, decided, submitted):
    with pytest.raises(Refused, match="submitted after that day"):
        operations.decide_case(submitted, by=boris, accepted=True, **BY_BOARD | {"decided_on": dt.date(2026, 5, 31)})
    with pytest.raises(Refused, match="its body and its number"):
        operations.decide_case(submitted, by=boris, accepted=True, **BY_BOARD | {"number": " "})
    decided(accepted=True)
    with pytest.raises(Refused, match=r"was accepted on 10 June 2026 \(DEC-2026-01\)"):
        operations.decide_case(submitted, by=boris, accepted=False, **BY_BOARD)


def test_a_draft_is_not_decided(project, publisher, boris):
    case = operations.draft_case(project, by=publisher, **CASE)

    with pytest.raises(Refused, match="has not been submitted"):
        operations.decide_case(case, by=boris, accepted=True, **BY_BOARD)


def test_a_project_is_stopped_with_its_lesson_and_finished_after_launch(project, publisher):
    with pytest.raises(Refused, match="what was learned"):
        operations.stop_project(project, by=publisher, lesson="")
    with pytest.raises(Refused, match="Only a launched project"):
        operations.finish_project(project, by=publisher)
    operations.stop_project(project, by=publisher, lesson="The gateway never came.")
    for action in [
        lambda: operations.post_update(project, line="Still here", by=publisher),
        lambda: operations.draft_case(project, by=publisher, **CASE),
        lambda: operations.stop_project(project, by=publisher, lesson="Again"),
    ]:
        with pytest.raises(Refused):
            action()

    launched = ProjectFactory(stage=Project.Stage.LAUNCH, lead_council=project.lead_council)
    assert operations.finish_project(launched, by=publisher).stage == Project.Stage.FINISHED
    assert BusinessCase.objects.count() == 0
