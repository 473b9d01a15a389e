"""Whoever a step belongs to hears of a case study that waits; its author hears of what came back and what is out."""

import pytest
from wagtail.models import TaskState

from councils.models import Membership
from publishing import tasks
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


def latest_step() -> int:
    return TaskState.objects.latest("pk").pk


def test_the_publisher_hears_that_a_case_study_waits_and_then_the_editor(submitted, publisher, edith, mailoutbox):
    tasks.mail_waiting.func(latest_step())

    assert [message.to for message in mailoutbox] == [[publisher.email]]
    assert "Amina Shah has handed in a case study of Harlow, “Fewer missed bins”." in mailoutbox[0].body

    mailoutbox.clear()
    approve_case_study(fresh(submitted), by=publisher)
    tasks.mail_waiting.func(latest_step())

    assert [message.to for message in mailoutbox] == [[edith.email]]
    assert "Amina Shah has handed in a case study of Harlow" in mailoutbox[0].body


def test_the_author_hears_why_it_came_back(submitted, amina, publisher, mailoutbox):
    step = latest_step()
    return_case_study(fresh(submitted), by=publisher, reason="Say what it cost.")

    tasks.mail_returned.func(step)

    assert [message.to for message in mailoutbox] == [[amina.email]]
    assert "Say what it cost." in mailoutbox[0].body
