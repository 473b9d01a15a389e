"""A contributor registers an asset; one repository has one entry; licence and address are checked."""

import pytest
from django.core.exceptions import PermissionDenied

from assets_registry.models import Asset
from assets_registry.operations import AlreadyRegistered, change_asset, register_asset, withdraw_asset
from audit.models import AuditEvent
from core.errors import Refused
from councils.kinds import Tier
from councils.models import Membership
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, ServiceFactory


def register(by, owner, **given):
    return register_asset(
        **{"by": by, "owner": owner, "name": "Waste API", "kind": Asset.Kind.CODE, "summary": "One interface.", **given}
    )


def test_a_contributor_registers_a_draft_of_their_council(amina, harlow):
    asset = register(amina, harlow, licence="mit")

    assert asset.state == Asset.State.DRAFT
    assert (asset.owner, asset.registered_by, asset.licence) == (harlow, amina, "MIT")
    assert AuditEvent.objects.get(action="assets_registry.registered").by == amina


def test_nobody_registers_for_a_council_they_do_not_write_for(carlos, ben, harlow):
    for stranger in (carlos, ben):
        with pytest.raises(PermissionDenied):
            register(stranger, harlow)


def test_a_reader_of_the_council_does_not_register(harlow):
    reader = MembershipFactory(organisation=harlow, role=Membership.Role.READER).person

    with pytest.raises(PermissionDenied):
        register(reader, harlow)


@pytest.mark.parametrize(
    "address",
    [
        "https://git.example.org/Harlow/Waste",
        "https://git.example.org/harlow/waste/",
        "https://git.example.org/harlow/waste.git",
        "http://www.git.example.org/harlow/waste.git/",
        "https://GIT.example.org/harlow/waste#readme",
    ],
)
def test_the_same_repository_in_another_spelling_is_already_registered(amina, harlow, address):
    first = register(amina, harlow, repository_url="https://git.example.org/harlow/waste")

    with pytest.raises(AlreadyRegistered, match="already registered: see Waste API") as refusal:
        register(amina, harlow, repository_url=address, kind=Asset.Kind.STANDARD)

    assert refusal.value.asset == first


def test_a_draft_of_another_council_is_not_named_in_the_refusal(amina, carlos, harlow, surrey):
    register(amina, harlow, name="Secret plan", repository_url="https://git.example.org/waste")

    with pytest.raises(AlreadyRegistered) as refusal:
        register(carlos, surrey, repository_url="https://git.example.org/waste")

    assert "Secret" not in str(refusal.value)
    assert refusal.value.asset is None


def test_a_withdrawn_entry_lets_its_repository_be_registered_again(grace, harlow):
    first = register(grace, harlow, repository_url="https://git.example.org/waste")
    withdraw_asset(first, by=grace, reason="Entered twice.")

    assert register(grace, harlow, repository_url="https://git.example.org/waste").pk != first.pk


def test_the_database_keeps_one_entry_per_repository_when_an_operation_is_passed_by(db):
    from django.db import IntegrityError

    AssetFactory(repository_url="https://git.example.org/waste")

    with pytest.raises(IntegrityError):
        AssetFactory(repository_url="https://git.example.org/Waste.git", kind=Asset.Kind.STANDARD)


@pytest.mark.parametrize("licence", ["Apache licence version two", "MIT AND", "Free", "x" * 200, "(" * 60])
def test_a_licence_that_is_no_spdx_expression_is_refused_in_words(amina, harlow, licence):
    with pytest.raises(Refused, match="SPDX") as refusal:
        register(amina, harlow, licence=licence)

    assert refusal.value.field == "licence"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "git@host:a/b",
        "https://",
        "https://me:pw@host.org/",
    ],
)
def test_only_plain_web_addresses_are_kept(amina, harlow, address):
    with pytest.raises(Refused) as refusal:
        register(amina, harlow, repository_url=address)

    assert refusal.value.field == "repository_url"
    assert not Asset.objects.exists()


def test_an_asset_of_a_district_service_is_for_districts(amina, harlow):
    asset = register(amina, harlow, services=[ServiceFactory(providing_tier=Tier.DISTRICT)])

    assert asset.tier == Tier.DISTRICT


def test_an_asset_of_services_of_two_tiers_is_for_all(amina, harlow):
    services = [ServiceFactory(providing_tier=Tier.DISTRICT), ServiceFactory(providing_tier=Tier.COUNTY)]

    assert register(amina, harlow, services=services).tier == Tier.ALL


def test_an_asset_called_register_does_not_hide_the_page_of_that_address(amina, harlow):
    assert register(amina, harlow, name="Register").slug == "register-asset"


def test_a_contributor_changes_a_draft_but_no_published_entry(amina, grace, harlow):
    asset = register(amina, harlow)
    change_asset(asset, by=amina, name="Waste and recycling API")
    Asset.objects.filter(pk=asset.pk).update(state=Asset.State.PUBLISHED, published_at=asset.registered_at)

    with pytest.raises(PermissionDenied):
        change_asset(asset, by=amina, name="Mine")
    assert change_asset(asset, by=grace, version="2.0").name == "Waste and recycling API"


def test_an_entry_cannot_take_over_the_repository_of_another(amina, harlow):
    register(amina, harlow, repository_url="https://git.example.org/waste")
    other = register(amina, harlow, name="Other")

    with pytest.raises(AlreadyRegistered):
        change_asset(other, by=amina, repository_url="https://git.example.org/waste/")
