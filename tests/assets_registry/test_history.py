"""Everybody reads what changed in a published entry, when, and by which council; no person is named."""

import pytest
from bs4 import BeautifulSoup

from assets_registry.health.operations import hand_over_asset
from assets_registry.models import Asset
from assets_registry.operations import change_asset, publish_asset, register_asset, submit_asset, withdraw_asset
from core import clock
from councils.models import Membership
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(person__name="Pia Moon", organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def bins(amina, publisher, harlow):
    """Entered by Harlow, which has an entry already, and published."""
    AssetFactory(owner=harlow)
    asset = register_asset(
        by=amina, owner=harlow, name="Bins", kind="code", summary="Finds bins.", licence="MIT",
        repository_url="https://git.example.org/bins",
    )  # fmt: skip
    change_asset(asset, by=amina, contact="Waste team")
    submit_asset(asset, by=amina)
    publish_asset(asset, by=publisher)
    return Asset.objects.get(pk=asset.pk)


def read(client, asset) -> list[tuple[str, str]]:
    """What changed and by which council, as the page has it."""
    table = BeautifulSoup(client.get(f"/assets/{asset.slug}/history/").content, "html.parser").find("table")
    rows = table.find("tbody").find_all("tr")
    return [tuple(cell.get_text(strip=True) for cell in row.find_all(["td", "th"])[1:]) for row in rows]


def test_a_change_stands_with_what_it_changed_and_the_council_that_made_it(client, bins, publisher, edith):
    change_asset(bins, by=publisher, licence="EUPL-1.2", leaving="Take the data along.")
    change_asset(bins, by=edith, summary="Finds every bin.")

    assert read(client, bins) == [
        ("Changed: what it is in one sentence", "The Alliance"),
        ("Changed: licence and how a council stops using it", "Harlow"),
        ("Published", "Harlow"),
    ]
    page = client.get(f"/assets/{bins.slug}/history/").content.decode()
    assert not any(person.name in page for person in (publisher, edith))


def test_what_was_before_it_was_published_only_its_owner_and_the_registry_read(client, signed_in, bins, amina, edith):
    before = [("Sent to be published", "Harlow"), ("Changed: the team to write to", "Harlow")]
    assert read(client, bins) == [("Published", "Harlow")]

    for person in (amina, edith):
        assert read(signed_in(person), bins) == [("Published", "Harlow"), *before, ("Entered as a draft", "Harlow")]


def test_a_hand_over_names_both_councils_and_what_came_before_stays_with_the_old_one(
    client, bins, publisher, surrey, sunita
):
    change_asset(bins, by=publisher, licence="EUPL-1.2")
    hand_over_asset(bins, by=sunita, owner=surrey, reason="Surrey runs it now.")
    heir = MembershipFactory(organisation=surrey, role=Membership.Role.PUBLISHER).person
    change_asset(bins, by=heir, licence="MIT")
    withdraw_asset(bins, by=heir, reason="It was bought.")

    assert read(client, bins) == [
        ("Withdrawn: It was bought.", "Surrey"),
        ("Changed: licence", "Surrey"),
        ("Handed over by Harlow to Surrey", "The Alliance"),
        ("Changed: licence", "Harlow"),
        ("Published", "Harlow"),
    ]


def test_a_draft_has_none_for_strangers(client, harlow):
    draft = AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None)

    assert client.get(f"/assets/{draft.slug}/history/").status_code == 404


@pytest.mark.parametrize("times", [1, 20])
def test_it_asks_as_much_however_much_changed(client, bins, publisher, times, django_assert_max_num_queries):
    with clock.at(clock.now()):
        for number in range(times):
            change_asset(bins, by=publisher, version=str(number))
    read(client, bins)

    with django_assert_max_num_queries(6):
        read(client, bins)
