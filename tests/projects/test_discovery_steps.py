"""Steps 1 and 2 in order: step 1 ends only with an issue, a scoped project and a verdict (W1)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from core.errors import Refused
from projects.discoveries import operations
from projects.models import Discovery
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, PrototypeFactory

FEASIBLE = Discovery.Feasibility.FEASIBLE


@pytest.fixture
def discovery(fatima):
    return operations.start_discovery(by=fatima, title="Care charges", summary="What people pay.", theme="Care")


def complete(discovery, fatima, verdict=FEASIBLE):
    operations.add_priority_issue(discovery, wording="Nobody knows the charges", by=fatima)
    operations.scope_project(discovery, title="Calculator", scope="A page with sums", by=fatima)
    operations.judge_feasibility(discovery, verdict=verdict, reason="The figures exist", by=fatima)


def test_a_discovery_starts_at_step_one_today(discovery, fatima):
    assert (discovery.step, discovery.facilitator, discovery.slug) == ("discovery_day", fatima, "care-charges")
    assert AuditEvent.objects.filter(action="projects.started_discovery").count() == 1


def test_it_has_a_department_or_a_theme_or_both(fatima):
    words = {"title": "Care", "summary": "Charges."}

    with pytest.raises(Refused, match="department, a theme, or both"):
        operations.start_discovery(by=fatima, **words)
    for parts in [{"theme": "Care"}, {"department": DepartmentFactory()}]:
        assert operations.start_discovery(by=fatima, **words, **parts).pk
    with pytest.raises(Refused, match="not a central department"):
        operations.start_discovery(by=fatima, **words, department=OrganisationFactory())


def test_the_database_refuses_one_without_either(fatima):
    with pytest.raises(IntegrityError), transaction.atomic():
        DiscoveryFactory(department=None, theme="")


@pytest.mark.parametrize("left_out", ["issue", "project", "verdict"])
def test_step_one_does_not_end_while_something_is_missing_and_says_what(discovery, fatima, left_out):
    if left_out != "issue":
        operations.add_priority_issue(discovery, wording="Nobody knows the charges", by=fatima)
    if left_out != "project":
        operations.scope_project(discovery, title="Calculator", scope="A page", by=fatima)
    if left_out != "verdict":
        operations.judge_feasibility(discovery, verdict=FEASIBLE, reason="Figures", by=fatima)
    words = {"issue": "a priority issue", "project": "a potential project", "verdict": "a feasibility verdict"}

    with pytest.raises(Refused) as refusal:
        operations.end_step_one(discovery, by=fatima)

    assert words.pop(left_out) in str(refusal.value)
    assert not any(other in str(refusal.value) for other in words.values())
    discovery.refresh_from_db()
    assert discovery.step == Discovery.Step.DISCOVERY_DAY


def test_all_three_missing_are_all_named(discovery, fatima):
    with pytest.raises(Refused, match=r"a priority issue; a potential project with its scope; a feasibility verdict"):
        operations.end_step_one(discovery, by=fatima)


def test_with_all_three_step_one_ends_with_its_day(discovery, fatima, on_day):
    complete(discovery, fatima)

    with on_day(2026, 6, 1, 12):
        ended = operations.end_step_one(discovery, by=fatima)

    assert (ended.step, ended.step_one_ended_on) == (Discovery.Step.CO_DESIGN_DAY, dt.date(2026, 6, 1))


def test_what_is_not_feasible_does_not_go_on(discovery, fatima):
    complete(discovery, fatima, verdict=Discovery.Feasibility.NOT_FEASIBLE)

    with pytest.raises(Refused, match="stop the discovery"):
        operations.end_step_one(discovery, by=fatima)


def test_the_database_refuses_step_two_without_a_verdict(discovery):
    with pytest.raises(IntegrityError), transaction.atomic():
        Discovery.objects.filter(pk=discovery.pk).update(step="co_design_day", step_one_ended_on=dt.date(2026, 6, 1))


def test_after_step_one_its_outputs_stay_as_they_are(fatima):
    discovery = DiscoveryFactory(at_step_two=True)

    for action in [
        lambda: operations.add_priority_issue(discovery, wording="Late", by=fatima),
        lambda: operations.scope_project(discovery, title="Late", scope="Late", by=fatima),
        lambda: operations.judge_feasibility(discovery, verdict=FEASIBLE, reason="Late", by=fatima),
        lambda: operations.end_step_one(discovery, by=fatima),
    ]:
        with pytest.raises(Refused, match="Step 1 of this discovery has ended"):
            action()


def test_step_two_ends_with_a_prototype_that_is_ready(fatima):
    discovery = DiscoveryFactory(at_step_two=True)
    PrototypeFactory(discovery=discovery, outline=None)

    with pytest.raises(Refused, match="summary and an outline"):
        operations.end_step_two(discovery, by=fatima)
    PrototypeFactory(discovery=discovery)

    assert operations.end_step_two(discovery, by=fatima).step == Discovery.Step.FINISHED


def test_stopping_asks_for_the_lesson(discovery, fatima):
    with pytest.raises(Refused, match="what was learned"):
        operations.stop_discovery(discovery, by=fatima, lesson=" ")

    stopped = operations.stop_discovery(discovery, by=fatima, lesson="Each council has its own rules.")

    assert (stopped.step, stopped.lesson) == (Discovery.Step.STOPPED, "Each council has its own rules.")
    with pytest.raises(Refused, match="has ended"):
        operations.stop_discovery(discovery, by=fatima, lesson="Again")


def test_a_need_is_gathered_by_one_discovery(discovery, fatima):
    need = NeedFactory()

    operations.gather_need(discovery, need, by=fatima)
    operations.gather_need(discovery, need, by=fatima)

    assert list(discovery.needs.all()) == [need]
    assert AuditEvent.objects.filter(action="projects.gathered_need").count() == 1
    with pytest.raises(Refused, match="is in the discovery"):
        operations.gather_need(DiscoveryFactory(), need, by=fatima)
    with pytest.raises(Refused, match="not open"):
        operations.gather_need(discovery, NeedFactory(state="withdrawn"), by=fatima)


def test_an_issue_said_twice_stands_once(discovery, fatima):
    for _ in range(2):
        operations.add_priority_issue(discovery, wording="Nobody knows", by=fatima)
        operations.scope_project(discovery, title="Calculator", scope="A page", by=fatima)

    assert (discovery.priority_issues.count(), discovery.potential_projects.count()) == (1, 1)


def test_only_a_facilitator_with_a_second_factor_leads_a_discovery(discovery, amina, edith, fatima):
    for person in (amina, edith):
        with pytest.raises(PermissionDenied):
            operations.add_priority_issue(discovery, wording="Mine", by=person)
        with pytest.raises(PermissionDenied):
            operations.stop_discovery(discovery, by=person, lesson="No")
    fatima.authenticator_set.all().delete()
    with pytest.raises(PermissionDenied):
        operations.end_step_one(discovery, by=type(fatima).objects.get(pk=fatima.pk))
