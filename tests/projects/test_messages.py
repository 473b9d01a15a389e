"""Who hears that a need was closed, that a business case waits, and what became of it."""

import datetime as dt

import pytest

from councils.models import Membership
from outbox.models import Message
from outbox.operations import queue_message
from projects.models import Need
from projects.needs import emails as need_emails
from projects.needs.operations import join_need, merge_need, withdraw_need
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
    case = BusinessCaseFactory(project__running=True, project__lead_council=harlow, written_by=grace)
    return submit_case(case, by=grace)


def test_whoever_has_a_need_hears_where_it_went_on(need, amina, carlos, ben, fatima, deliver):
    into = NeedFactory(title="Collection days", raised_by=ben)
    merge_need(need, into=into, by=fatima, reason="The same calls.")

    messages = deliver()

    assert {message.to[0] for message in messages} == {amina.email, carlos.email}
    assert messages[0].subject == "Merged: Bin days"
    assert f"http://testserver{into.get_absolute_url()}" in messages[0].body
    assert "The same calls." in messages[0].body
    assert "You get this because" in messages[0].body


def test_whoever_joined_a_need_hears_that_it_was_withdrawn_and_why(need, amina, carlos, deliver):
    withdraw_need(need, by=amina, reason="Solved by the new contract.")

    [message] = deliver()

    assert message.to == [carlos.email]
    assert "Solved by the new contract." in message.body
    assert "Amina" not in message.body


def test_somebody_whose_account_is_shut_hears_nothing(need, amina, carlos, deliver):
    carlos.is_active = False
    carlos.save()

    withdraw_need(need, by=amina, reason="Solved.")

    assert deliver() == []


def test_an_open_need_is_nothing_to_write_about(need, amina, deliver):
    queue_message(need_emails.need_merged, need, to=amina)
    queue_message(need_emails.need_withdrawn, need, to=amina)

    assert deliver() == []


def test_the_board_hears_of_a_case_to_decide(boris, sunita, amina, case, deliver):
    [message] = deliver()

    assert message.to == [boris.email]
    assert message.subject == f"A business case to decide: {case.project}"
    assert f"http://testserver{case.project.get_absolute_url()}" in message.body


def test_without_a_board_the_secretariat_hears_of_it(sunita, case, deliver):
    assert [message.to for message in deliver()] == [[sunita.email]]


@pytest.mark.parametrize(("accepted", "word"), [(True, "accepted"), (False, "rejected")])
def test_the_author_and_the_leads_hear_what_was_decided(case, accepted, word, grace, amina, sunita, deliver):
    lead = MembershipFactory(organisation=case.project.lead_council, role=Membership.Role.LEAD).person
    decided(case, by=sunita, accepted=accepted)

    messages = deliver()

    assert sorted(message.to[0] for message in messages) == sorted([grace.email, lead.email])
    assert messages[0].subject == f"Business case {word}: {case.project}"
    assert "As the figures say." in messages[0].body


def test_what_was_decided_before_the_board_was_written_to_does_not_wait_for_it(boris, case, sunita, grace, deliver):
    decided(case, by=sunita, accepted=True)

    assert [message.to for message in deliver()] == [[grace.email]]


def decided(case, *, by, accepted):
    return decide_case(
        case,
        by=by,
        accepted=accepted,
        body="steering board",
        decided_on=case.submitted_at.date(),
        number="DEC-2026-01",
        reason="As the figures say.",
    )


def test_no_mail_is_sent_about_the_past(need, amina, grace, boris, harlow, on_day):
    with on_day(2014, 6, 1):
        withdraw_need(need, by=amina, reason="Solved.")
        submit_case(BusinessCaseFactory(project__lead_council=harlow, written_by=grace), by=grace)

    assert not Message.objects.exists()


def test_nobody_is_written_to_about_a_need_or_a_case_of_the_record_that_is_changed_today(
    need, amina, grace, boris, harlow, sunita, fatima
):
    Need.objects.update(raised_at=dt.datetime(2014, 3, 1, tzinfo=dt.UTC))
    merge_need(need, into=NeedFactory(), by=fatima, reason="The same calls.")
    withdraw_need(
        NeedFactory(raised_by=amina, raised_at=dt.datetime(2015, 12, 31, tzinfo=dt.UTC)), by=fatima, reason="-"
    )
    of_2014 = BusinessCaseFactory(project__lead_council=harlow, project__started_on=dt.date(2014, 6, 1))
    decided(submit_case(of_2014, by=grace), by=sunita, accepted=True)

    assert not Message.objects.exists()
