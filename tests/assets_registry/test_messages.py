"""Who hears that an asset waits for them."""

import pytest
from django_tasks_db.models import DBTaskResult

from assets_registry import emails
from assets_registry.models import Asset
from assets_registry.operations import publish_asset, submit_asset
from councils.models import Membership
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


def queued(name):
    tasks = DBTaskResult.objects.filter(task_path=f"assets_registry.tasks.{name}")
    return [task.args_kwargs["args"] for task in tasks.order_by("enqueued_at")]


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
