"""Who hears that an asset or an adoption waits for them."""

import re

import pytest
from django_tasks_db.models import DBTaskResult

from assets_registry import emails
from assets_registry.models import Asset
from assets_registry.operations import publish_asset, submit_asset
from core import clock
from councils.models import Membership
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


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


def queued(name):
    tasks = DBTaskResult.objects.filter(task_path=f"assets_registry.tasks.{name}")
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


def test_the_publisher_and_for_a_first_entry_the_editor_hear_of_an_asset(
    harlow, amina, publisher, edith, grace, mailoutbox
):
    asset = submit_asset(AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None), by=amina)
    emails.asset_waits(asset, by=amina.pk)
    assert {message.to[0] for message in mailoutbox} == {publisher.email, grace.email}

    mailoutbox.clear()
    asset = publish_asset(asset, by=publisher)
    emails.asset_waits(asset, by=publisher.pk)

    assert [message.to for message in mailoutbox] == [[edith.email]]
    assert mailoutbox[0].subject == f"An asset waits for you: {asset}"
    assert f"http://testserver{asset.get_absolute_url()}" in mailoutbox[0].body
    assert f"{asset.registered_by} has entered" in mailoutbox[0].body
    assert "because you are an Alliance editor" in mailoutbox[0].body
    assert queued("tell_of_waiting_asset") == [[asset.pk, amina.pk], [asset.pk, publisher.pk]]


def test_a_published_asset_waits_for_nobody(edith, publisher, harlow, mailoutbox):
    emails.asset_waits(AssetFactory(owner=harlow), by=0)

    assert mailoutbox == []


def test_no_mail_is_sent_about_the_past(harlow, amina, on_day):
    asset = AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None)
    with on_day(2014, 6, 1):
        submit_asset(asset, by=amina)

    assert not DBTaskResult.objects.filter(task_path__startswith="assets_registry.").exists()
