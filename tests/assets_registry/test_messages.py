"""Who hears that an asset waits for them."""

import datetime as dt

import pytest

from assets_registry import emails
from assets_registry.models import Asset
from assets_registry.operations import publish_asset, submit_asset
from councils.models import Membership
from outbox.models import Message
from outbox.operations import queue_message
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


def test_the_publisher_and_for_a_first_entry_the_editor_hear_of_an_asset(
    harlow, amina, publisher, edith, grace, deliver
):
    asset = submit_asset(AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None), by=amina)
    assert {message.to[0] for message in deliver()} == {publisher.email, grace.email}

    asset = publish_asset(asset, by=publisher)

    [message] = deliver()
    assert message.to == [edith.email]
    assert message.subject == f"An asset waits for you: {asset}"
    assert f"http://testserver{asset.get_absolute_url()}" in message.body
    assert f"{asset.registered_by} has entered" in message.body
    assert "because you are an Alliance editor" in message.body


def test_whoever_hands_it_on_is_not_written_to_and_what_is_no_longer_theirs_is_not_said(
    harlow, publisher, edith, grace, deliver
):
    asset = submit_asset(AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None), by=publisher)
    publish_asset(asset, by=publisher)

    assert {message.person for message in Message.objects.all()} == {grace, edith}
    assert [message.to for message in deliver()] == [[edith.email]]


def test_a_published_asset_waits_for_nobody(edith, publisher, harlow, deliver):
    queue_message(emails.asset_waits, AssetFactory(owner=harlow), to=[edith, publisher])

    assert deliver() == []


def test_no_mail_is_sent_about_the_past(harlow, amina, grace, on_day):
    asset = AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None)
    with on_day(2014, 6, 1):
        submit_asset(asset, by=amina)

    assert not Message.objects.exists()


def test_nobody_is_written_to_about_an_asset_of_the_record_that_is_handed_on_today(harlow, amina, grace):
    told = dt.datetime(2015, 6, 1, tzinfo=dt.UTC)

    submit_asset(AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None, registered_at=told), by=amina)

    assert not Message.objects.exists()
