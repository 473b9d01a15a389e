"""Who hears that an adoption waits for them."""

import re

import pytest
from django_tasks_db.models import DBTaskResult

from core import clock
from take_up import emails
from take_up.models import Adoption
from take_up.operations import change_adoption, confirm_adoption, declare_adoption
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def declare(amina, harlow):
    """A function: somebody says that Harlow uses an asset."""

    def say(by=amina):
        return declare_adoption(
            AssetFactory(), by=by, council=harlow, status=Adoption.Status.PILOTING, since=clock.today()
        )

    return say


def queued(name):
    tasks = DBTaskResult.objects.filter(task_path=f"take_up.tasks.{name}")
    return [task.args_kwargs["args"] for task in tasks.order_by("enqueued_at")]


def test_the_councils_lead_hears_of_an_adoption_to_confirm(declare, grace, amina, sunita, mailoutbox):
    adoption = declare()
    assert queued("tell_of_waiting_adoption") == [[adoption.pk]]

    emails.adoption_waits(adoption)

    assert [message.to for message in mailoutbox] == [[grace.email]]
    assert mailoutbox[0].subject == f"To confirm: Harlow and {adoption.asset}"
    assert "because you lead Harlow" in mailoutbox[0].body


def test_the_mail_names_who_says_it_and_leads_to_the_row_that_asks(
    declare, grace, amina, harlow, mailoutbox, signed_in
):
    adoption = declare()
    emails.adoption_waits(adoption)
    said = mailoutbox.pop().body
    assert "Amina Shah has said for Harlow" in said
    address, _, row = re.search(r"http://testserver(/\S+)", said)[1].partition("#")
    assert f'id="{row}"' in signed_in(grace).get(address).content.decode()

    adoption = confirm_adoption(adoption, by=grace)
    other = MembershipFactory(organisation=harlow, person__name="Priya Nair").person
    emails.adoption_waits(change_adoption(adoption, by=other, status=Adoption.Status.LIVE))
    assert "Priya Nair has said for Harlow" in mailoutbox.pop().body


def test_where_nobody_leads_the_secretariat_hears_that_somebody_must(declare, sunita, mailoutbox):
    emails.adoption_waits(declare())

    assert [message.to for message in mailoutbox] == [[sunita.email]]
    assert "Nobody leads Harlow here yet" in mailoutbox[0].body


def test_what_a_lead_says_waits_for_nobody(declare, grace, mailoutbox):
    emails.adoption_waits(declare(by=grace))

    assert queued("tell_of_waiting_adoption") == []
    assert mailoutbox == []


def test_a_change_that_waits_is_told_too_and_other_changes_are_not(declare, grace, amina, mailoutbox):
    adoption = confirm_adoption(declare(), by=grace)
    change_adoption(adoption, by=amina, version="2.1")
    adoption = change_adoption(adoption, by=amina, status=Adoption.Status.LIVE)
    assert queued("tell_of_waiting_adoption") == [[adoption.pk]] * 2  # when it was declared, and now

    emails.adoption_waits(adoption)

    assert "live" in mailoutbox[0].body
