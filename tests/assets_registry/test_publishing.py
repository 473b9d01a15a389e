"""A council's publisher publishes; its first entry passes the Alliance editor too; withdrawing leaves a tombstone."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from assets_registry.models import Asset
from assets_registry.operations import approve_asset, publish_asset, return_asset, submit_asset, withdraw_asset
from assets_registry.permissions import reader_groups, visible_assets, waiting_assets
from core.errors import Refused
from councils.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.sql


@pytest.fixture
def draft(harlow, amina):
    return AssetFactory(owner=harlow, registered_by=amina, state=Asset.State.DRAFT, published_at=None)


@pytest.fixture
def paula(harlow):
    """Harlow's publisher."""
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


def test_the_first_entry_of_a_council_passes_publisher_and_editor(draft, amina, paula, edith):
    asset = submit_asset(draft, by=amina)
    assert asset.state == Asset.State.WITH_PUBLISHER

    asset = publish_asset(asset, by=paula)
    assert asset.state == Asset.State.WITH_EDITOR

    asset = approve_asset(asset, by=edith)
    assert asset.state == Asset.State.PUBLISHED
    assert asset.published_at is not None


def test_later_entries_of_the_council_are_published_at_once(draft, harlow, amina, paula):
    AssetFactory(owner=harlow)

    assert publish_asset(submit_asset(draft, by=amina), by=paula).state == Asset.State.PUBLISHED


def test_a_withdrawn_first_entry_counts_as_the_first(draft, harlow, amina, paula):
    AssetFactory(owner=harlow, state=Asset.State.WITHDRAWN)

    assert publish_asset(submit_asset(draft, by=amina), by=paula).state == Asset.State.PUBLISHED


def test_another_councils_entries_do_not_count_for_this_one(draft, amina, paula, surrey):
    AssetFactory(owner=surrey)

    assert publish_asset(submit_asset(draft, by=amina), by=paula).state == Asset.State.WITH_EDITOR


def test_contributors_and_other_councils_publish_nothing(draft, amina, carlos, edith):
    asset = submit_asset(draft, by=amina)

    for stranger in (amina, carlos, edith):
        with pytest.raises(PermissionDenied):
            publish_asset(asset, by=stranger)


def test_only_an_editor_with_a_second_factor_passes_a_first_entry(draft, amina, paula):
    asset = publish_asset(submit_asset(draft, by=amina), by=paula)
    without_factor = UserFactory()
    without_factor.groups.add(Group.objects.get_or_create(name=Role.EDITOR.value)[0])

    for person in (paula, without_factor):
        with pytest.raises(PermissionDenied):
            approve_asset(asset, by=person)


def test_an_entry_is_sent_back_with_a_reason(draft, amina, paula):
    asset = submit_asset(draft, by=amina)

    with pytest.raises(Refused, match="what is missing"):
        return_asset(asset, by=paula, reason="  ")
    asset = return_asset(asset, by=paula, reason="The licence is missing.")

    assert (asset.state, asset.state_reason) == (Asset.State.DRAFT, "The licence is missing.")


def test_the_publisher_does_not_send_back_what_waits_for_the_editor(draft, amina, paula, edith):
    asset = publish_asset(submit_asset(draft, by=amina), by=paula)

    with pytest.raises(PermissionDenied):
        return_asset(asset, by=paula, reason="Changed my mind.")
    assert return_asset(asset, by=edith, reason="Say who maintains it.").state == Asset.State.DRAFT


def test_withdrawing_leaves_a_tombstone_that_everybody_sees(draft, amina, paula, edith):
    asset = approve_asset(publish_asset(submit_asset(draft, by=amina), by=paula), by=edith)

    asset = withdraw_asset(asset, by=paula, reason="Replaced by the national service.")

    assert asset in visible_assets(AnonymousUser())
    assert reader_groups(asset) == ["everyone"]


def test_a_draft_that_was_withdrawn_is_seen_by_its_council_only(draft, paula, carlos):
    asset = withdraw_asset(draft, by=paula, reason="Entered by mistake.")

    assert asset not in visible_assets(carlos)
    assert asset in visible_assets(paula)


def test_a_contributor_does_not_withdraw(draft, amina):
    with pytest.raises(PermissionDenied):
        withdraw_asset(draft, by=amina, reason="No longer ours.")


def test_drafts_are_seen_by_their_council_and_editors_only(draft, amina, edith, carlos, ben, harlow):
    reader = MembershipFactory(organisation=harlow, role=Membership.Role.READER).person

    assert draft in visible_assets(amina)
    assert draft in visible_assets(edith)
    for stranger in (carlos, ben, reader, AnonymousUser()):
        assert draft not in visible_assets(stranger)
    assert "everyone" not in reader_groups(draft)


def test_each_sees_in_the_queue_what_waits_for_them(draft, amina, paula, edith, carlos):
    submit_asset(draft, by=amina)
    assert list(waiting_assets(paula)) == [draft]
    assert not waiting_assets(edith).exists()

    publish_asset(draft, by=paula)
    assert not waiting_assets(paula).exists()
    assert list(waiting_assets(edith)) == [draft]
    assert not waiting_assets(carlos).exists()
