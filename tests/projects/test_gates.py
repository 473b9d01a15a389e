"""Nobody passes the gate before step 4 by skipping it, by replaying, alone, or about something else than was shown."""

import datetime as dt
import hashlib
import json
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from councils.models import Membership
from projects.discoveries import operations as discoveries
from projects.discoveries.content import step_one_hash, step_two_hash
from projects.models import BusinessCase, OutlineBusinessCase, Project
from projects.portfolio import operations
from projects.portfolio.case_content import content_hash, content_of, launch_hash
from tests.factories.councils import MembershipFactory
from tests.factories.projects import (
    SUMS,
    BusinessCaseFactory,
    DiscoveryFactory,
    OutlineFactory,
    ProjectFactory,
    PrototypeFactory,
)

ACCEPTED = {
    "state": "accepted",
    "submitted_at": dt.datetime(2014, 11, 1, tzinfo=dt.UTC),
    "decided_on": dt.date(2014, 12, 10),
    "decided_by_body": "The board",
    "decision_number": "DEC-2014-01",
}
CASE = {"summary": "Fewer calls about charges.", **SUMS}


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def project(harlow):
    return ProjectFactory(lead_council=harlow, running=True)


@pytest.fixture
def submitted(project, publisher):
    return operations.submit_case(operations.draft_case(project, by=publisher, **CASE), by=publisher)


def decide(case, by, **more):
    terms = {"accepted": True, "body": "Steering board", "decided_on": clock.today(), "number": "DEC-2026-01"}
    return operations.decide_case(case, by=by, **terms | more)


def fields_written_down():
    """The fields that were sent though no form asks for them, as the trail names them."""
    return AuditEvent.objects.get(action="projects.sent_fields_not_asked").details["fields"]


# Skipping and replaying ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [{"stage": "launch"}, {"case_accepted_on": "2026-01-01", "launched_on": "2026-01-02"}])
def test_a_later_state_that_is_sent_with_a_form_changes_nothing(signed_in, project, publisher, sent):
    words = {"title": "New", "summary": "S", "lead_council": project.lead_council_id, "update_every_days": "14"}

    signed_in(publisher).post(f"{project.get_absolute_url()}edit/", {**words, **sent})

    project.refresh_from_db()
    assert (project.title, project.stage, project.case_accepted_on) == ("New", Project.Stage.CO_DEVELOP, None)
    assert fields_written_down() == sorted(sent)


@pytest.mark.parametrize(
    "sent",
    [{"state": "accepted"}, {"decided_by_body": "Me", "decision_number": "1"}, {"version": "7"}, {"project": "1"}],
)
def test_state_decision_version_and_owner_of_a_case_are_not_taken_from_its_form(signed_in, project, publisher, sent):
    figures = {name: str(value) for name, value in SUMS.items()}

    signed_in(publisher).post(f"{project.get_absolute_url()}business-case/", {**figures, "summary": "S", **sent})

    case = project.business_cases.get()
    assert (case.state, case.version, case.decided_by_body, case.decision_number) == ("draft", 1, "", "")
    assert fields_written_down() == sorted(sent)


def test_the_decision_on_one_version_is_not_replayed_on_the_next(submitted, publisher, sunita):
    rejected = decide(submitted, sunita, accepted=False)
    operations.submit_case(operations.draft_case(submitted.project, by=publisher, **CASE), by=publisher)

    with pytest.raises(Refused, match=r"was rejected on .* \(DEC-2026-01\)"):
        decide(rejected, sunita)
    with pytest.raises(Refused, match="Its state: submitted"):
        operations.launch(submitted.project, by=publisher)


def test_who_decides_second_is_told_who_wrote_what_down_and_when(submitted, sunita, boris):
    decide(submitted, sunita)

    with pytest.raises(Refused, match=rf"was accepted on .* \(DEC-2026-01\)\. {sunita} wrote it down at \d\d:\d\d"):
        decide(submitted, boris, accepted=False)


# Two people ------------------------------------------------------------------------------------------------


def test_whoever_handed_a_case_in_does_not_write_down_the_decision(project, publisher, sunita, boris):
    draft = operations.draft_case(project, by=publisher, **CASE)
    case = operations.submit_case(draft, by=sunita)

    for person in (sunita, publisher):
        with pytest.raises(Refused, match="somebody else writes down the decision"):
            decide(case, person)
    assert decide(case, boris).state == BusinessCase.State.ACCEPTED


def test_whoever_rewrote_a_draft_does_not_write_down_the_decision(project, publisher, sunita, boris):
    operations.draft_case(project, by=publisher, **CASE)
    draft = operations.draft_case(project, by=sunita, **CASE)
    case = operations.submit_case(draft, by=publisher)

    with pytest.raises(Refused, match="You wrote this case"):
        decide(case, sunita)
    assert decide(case, boris).state == BusinessCase.State.ACCEPTED


# What was shown --------------------------------------------------------------------------------------------


def test_the_hash_of_what_was_submitted_is_kept_and_stands_in_the_trail(submitted):
    line = AuditEvent.objects.get(action="projects.submitted_case")

    assert submitted.content_hash == content_hash(submitted) == line.details["content"]
    assert len(submitted.content_hash) == 64


def test_the_hash_is_the_same_for_the_same_content_and_another_for_any_other(submitted):
    again = BusinessCase.objects.select_related("project").get(pk=submitted.pk)
    assert content_hash(again) == submitted.content_hash

    for name, value in {"summary": "Other.", "volume": 7, "version": 2, "cost_base": "Kent"}.items():
        other = BusinessCase.objects.select_related("project").get(pk=submitted.pk)
        setattr(other, name, value)
        assert content_hash(other) != submitted.content_hash, name


def test_a_decision_on_what_was_shown_is_written_down_with_its_hash(submitted, sunita):
    decided = decide(submitted, sunita)

    line = AuditEvent.objects.get(action="projects.accepted_case")
    assert decided.content_hash == line.details["content"] == content_hash(submitted)
    assert line.by == sunita


def test_what_the_board_reads_of_the_project_renews_the_hash_of_a_case_that_waits(submitted, publisher):
    shown = submitted.content_hash
    operations.change_project(submitted.project, by=publisher, summary="Something else.")

    submitted.refresh_from_db()
    assert submitted.content_hash == content_hash(BusinessCase.objects.get(pk=submitted.pk)) != shown


def test_the_database_refuses_a_submitted_case_without_a_hash(project):
    with pytest.raises(IntegrityError), transaction.atomic():
        BusinessCaseFactory(project=project, state="submitted", submitted_at=clock.now(), content_hash="")


# The other gates -------------------------------------------------------------------------------------------


def test_the_trail_keeps_a_hash_of_what_was_shown_at_each_gate_that_one_person_passes(fatima, project):
    discovery = DiscoveryFactory(feasibility="feasible", feasibility_reason="The figures exist.")
    discoveries.add_priority_issue(discovery, wording="Nobody knows the charges", by=fatima)
    discoveries.scope_project(discovery, title="Calculator", scope="A page", by=fatima)
    one = step_one_hash(discovery)
    discoveries.end_step_one(discovery, by=fatima)
    OutlineFactory(prototype=discoveries.add_prototype(discovery, title="A", summary="S", by=fatima))
    two = step_two_hash(discovery)
    discoveries.end_step_two(discovery, by=fatima)
    case = BusinessCaseFactory(project=project, **ACCEPTED)
    Project.objects.filter(pk=project.pk).update(case_accepted_on=clock.today())
    operations.launch(project, by=fatima)

    lines = AuditEvent.objects.filter(
        action__in=["projects.ended_step_one", "projects.ended_step_two", "projects.launched"]
    )
    assert [line.details["content"] for line in lines.order_by("pk")] == [
        one, two, launch_hash(case, clock.today())
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("of", "change"),
    [
        (step_one_hash, lambda discovery: discovery.priority_issues.create(wording="Another")),
        (step_one_hash, lambda discovery: discovery.potential_projects.create(title="Another", scope="A page")),
        (step_one_hash, lambda discovery: setattr(discovery, "feasibility_reason", "It rests on nothing.")),
        (step_two_hash, lambda discovery: setattr(discovery, "feasibility", "conditional")),
        (step_two_hash, lambda discovery: PrototypeFactory(discovery=discovery)),
        (step_two_hash, lambda discovery: OutlineBusinessCase.objects.update(take_up=41)),
    ],
)
def test_another_content_is_another_hash(db, of, change):
    discovery = PrototypeFactory().discovery
    before = of(discovery)

    change(discovery)

    assert of(discovery) != before


# What the case says ----------------------------------------------------------------------------------------


BASES = {"cost_base": "two events on parking permits", "cost_councils": 15, "cost_as_at": dt.date(2014, 10, 1)}


def test_a_case_says_on_which_councils_its_cost_rests_and_where_nobody_said(client, project, publisher):
    case = operations.draft_case(project, by=publisher, bases=BASES, **CASE)
    operations.submit_case(case, by=publisher)

    words = client.get(project.get_absolute_url()).content.decode()

    assert "15 councils: two events on parking permits, as at 1 October 2014" in words
    assert "Not said" in words


@pytest.mark.parametrize("left_out", BASES)
def test_a_base_is_whole_or_not_said(project, publisher, left_out):
    with pytest.raises(Refused) as refusal:
        operations.draft_case(project, by=publisher, bases={**BASES, left_out: None}, **CASE)
    assert refusal.value.field == left_out

    case = operations.draft_case(project, by=publisher, bases=BASES, **CASE)
    empty = "" if left_out == "cost_base" else None
    with pytest.raises(IntegrityError), transaction.atomic():
        BusinessCase.objects.filter(pk=case.pk).update(**{left_out: empty})


def test_figures_are_as_at_a_day_that_has_been(project, publisher):
    with pytest.raises(Refused, match="a day that has been"):
        operations.draft_case(project, by=publisher, bases={**BASES, "cost_as_at": dt.date(2999, 1, 1)}, **CASE)


def test_the_form_keeps_what_was_typed_where_a_base_is_not_whole(signed_in, project, publisher):
    sent = {**{name: str(value) for name, value in SUMS.items()}, "summary": "Fewer calls.", "cost_base": "Kent"}

    answer = signed_in(publisher).post(f"{project.get_absolute_url()}business-case/", sent)

    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Say which councils, how many, and as at which day, or nothing of it." in words
    assert 'value="Kent"' in words


def test_cases_submitted_before_there_were_hashes_get_the_hash_of_what_stands_there(project, submitted):
    loader = MigrationLoader(None)
    step = next(name for app, name in loader.disk_migrations if name.endswith("_described_projects_and_offers"))
    BusinessCase.objects.update(content_hash="0" * 64)

    import_module(f"projects.migrations.{step}").hash_what_was_submitted(apps, None)

    submitted.refresh_from_db()
    then = content_of(submitted)
    del then["project"]["providing_tier"]  # which was no part of it on the day of that step
    written = json.dumps(then, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert submitted.content_hash == hashlib.sha256(written.encode()).hexdigest()
