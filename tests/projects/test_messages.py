"""Who hears that a need was closed, that a business case waits, and what became of it."""

import pytest
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from councils.models import Membership
from projects.needs import emails as need_emails
from projects.needs.operations import join_need, merge_need, withdraw_need
from projects.portfolio import emails as case_emails
from projects.portfolio.operations import decide_case, submit_case
from tests.factories.councils import MembershipFactory
from tests.factories.projects import BusinessCaseFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(amina, carlos, harlow, surrey):
    """Raised by Amina for Harlow, joined by Carlos for Surrey."""
    need = NeedFactory(title="Bin days", council=harlow, raised_by=amina)
    join_need(need, by=carlos, council=surrey)
    return need


@pytest.fixture
def case(grace, harlow):
    """Submitted by Grace, whose council leads the project."""
    case = BusinessCaseFactory(project__lead_council=harlow, written_by=grace)
    return submit_case(case, by=grace)


def queued(name):
    return [
        task.args_kwargs["args"]
        for task in DBTaskResult.objects.filter(task_path__startswith="projects.", task_path__endswith=f".{name}")
    ]


def test_whoever_has_a_need_hears_where_it_went_on(need, amina, carlos, ben, fatima, mailoutbox):
    into = NeedFactory(title="Collection days", raised_by=ben)
    need = merge_need(need, into=into, by=fatima, reason="The same calls.")
    assert queued("tell_of_merged_need") == [[need.pk, fatima.pk]]

    need_emails.need_merged(need, by=fatima.pk)

    assert {message.to[0] for message in mailoutbox} == {amina.email, carlos.email}
    assert mailoutbox[0].subject == "Merged: Bin days"
    assert f"http://testserver{into.get_absolute_url()}" in mailoutbox[0].body
    assert "The same calls." in mailoutbox[0].body
    assert "You get this because" in mailoutbox[0].body


def test_whoever_joined_a_need_hears_that_it_was_withdrawn_and_why(need, amina, carlos, mailoutbox):
    need = withdraw_need(need, by=amina, reason="Solved by the new contract.")
    assert queued("tell_of_withdrawn_need") == [[need.pk, amina.pk]]

    need_emails.need_withdrawn(need, by=amina.pk)

    assert [message.to for message in mailoutbox] == [[carlos.email]]
    assert "Solved by the new contract." in mailoutbox[0].body
    assert "Amina" not in mailoutbox[0].body


def test_somebody_whose_account_is_shut_hears_nothing(need, amina, carlos, mailoutbox):
    carlos.is_active = False
    carlos.save()

    need_emails.need_withdrawn(withdraw_need(need, by=amina, reason="Solved."), by=amina.pk)

    assert mailoutbox == []


def test_an_open_need_is_nothing_to_write_about(need, fatima, mailoutbox):
    need_emails.need_merged(need, by=fatima.pk)
    need_emails.need_withdrawn(need, by=fatima.pk)

    assert mailoutbox == []


def test_the_board_hears_of_a_case_to_decide(case, boris, sunita, amina, mailoutbox):
    assert queued("tell_of_submitted_case") == [[case.pk]]

    case_emails.case_submitted(case)

    assert [message.to for message in mailoutbox] == [[boris.email]]
    assert mailoutbox[0].subject == f"A business case to decide: {case.project}"
    assert f"http://testserver{case.project.get_absolute_url()}" in mailoutbox[0].body


def test_without_a_board_the_secretariat_hears_of_it(case, sunita, mailoutbox):
    case_emails.case_submitted(case)

    assert [message.to for message in mailoutbox] == [[sunita.email]]


@pytest.mark.parametrize(("accepted", "word"), [(True, "accepted"), (False, "rejected")])
def test_the_author_and_the_leads_hear_what_was_decided(case, accepted, word, grace, amina, sunita, mailoutbox):
    lead = MembershipFactory(organisation=case.project.lead_council, role=Membership.Role.LEAD).person
    case = decide_case(
        case,
        by=sunita,
        accepted=accepted,
        body="steering board",
        decided_on=case.submitted_at.date(),
        number="DEC-2026-01",
        reason="As the figures say.",
    )
    assert queued("tell_of_decided_case") == [[case.pk]]

    case_emails.case_decided(case)

    assert sorted(message.to[0] for message in mailoutbox) == sorted([grace.email, lead.email])
    assert mailoutbox[0].subject == f"Business case {word}: {case.project}"
    assert "As the figures say." in mailoutbox[0].body


def test_no_mail_is_sent_about_the_past(need, amina, grace, harlow, on_day):
    with on_day(2014, 6, 1):
        withdraw_need(need, by=amina, reason="Solved.")
        submit_case(BusinessCaseFactory(project__lead_council=harlow, written_by=grace), by=grace)

    assert not DBTaskResult.objects.filter(task_path__startswith="projects.").exists()


@pytest.mark.parametrize(
    "name",
    ["tell_of_merged_need", "tell_of_withdrawn_need", "tell_of_move", "tell_of_submitted_case", "tell_of_decided_case"],
)
def test_a_task_that_was_queued_under_the_name_of_before_is_still_found(name):
    assert isinstance(DBTaskResult(task_path=f"projects.tasks.{name}", backend_name="default").task, Task)
