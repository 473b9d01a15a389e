"""Whoever a step belongs to hears of a case study that waits; its author hears of what came back and what is out."""

import datetime as dt

import pytest

from councils.models import Membership
from outbox.models import Message
from publishing.models import CaseStudyPage
from publishing.operations import approve_case_study, return_case_study, submit_case_study
from tests.factories.councils import MembershipFactory
from tests.publishing.drafts import draft_of, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def submitted(harlow, amina, publisher):
    page = draft_of(harlow, amina)
    submit_case_study(page, by=amina)
    return page


def test_the_publisher_hears_that_a_case_study_waits_and_then_the_editor(submitted, publisher, edith, amina, deliver):
    [message] = deliver()

    assert message.to == [publisher.email]
    assert "Amina Shah has handed in a case study of Harlow, “Fewer missed bins”." in message.body

    approve_case_study(fresh(submitted), by=publisher)
    [message] = deliver()

    assert message.to == [edith.email]
    assert "Amina Shah has handed in a case study of Harlow" in message.body

    approve_case_study(fresh(submitted), by=edith)
    [message] = deliver()

    assert (message.to, message.subject) == ([amina.email], "Published: Fewer missed bins")


def test_the_author_hears_why_it_came_back(submitted, amina, publisher, deliver):
    deliver()
    return_case_study(fresh(submitted), by=publisher, reason="Say what it cost.")

    [message] = deliver()

    assert message.to == [amina.email]
    assert "Say what it cost." in message.body


def test_a_step_that_was_passed_before_the_mail_went_is_not_asked_for(submitted, publisher, edith, deliver):
    approve_case_study(fresh(submitted), by=publisher)

    assert [message.to for message in deliver()] == [[edith.email]]


def test_nobody_is_written_to_about_a_page_of_the_record_that_is_changed_today(harlow, amina, publisher, edith):
    page, returned = draft_of(harlow, amina), draft_of(harlow, amina, title="Fewer calls")
    CaseStudyPage.objects.update(first_published_at=dt.datetime(2015, 6, 1, tzinfo=dt.UTC))

    submit_case_study(fresh(returned), by=amina)
    return_case_study(fresh(returned), by=publisher, reason="Say what it cost.")
    submit_case_study(fresh(page), by=amina)
    approve_case_study(fresh(page), by=publisher)
    approve_case_study(fresh(page), by=edith)

    assert fresh(page).live
    assert not Message.objects.exists()
