"""The list of entries that are on their way: for those who write for the owner."""

import pytest
from django.urls import reverse

from tests.factories.assets_registry import AssetFactory
from tests.pages import plain_words

pytestmark = pytest.mark.django_db
ADDRESS = "/assets/?standing=draft"


@pytest.fixture
def entries(harlow, surrey):
    AssetFactory(name="Bin days", owner=harlow, state="draft")
    AssetFactory(name="Fault map", owner=harlow, state="with_publisher")
    AssetFactory(name="Parking permits", owner=harlow, state="published")
    AssetFactory(name="Road works", owner=surrey, state="draft")


def test_who_writes_for_a_council_finds_what_of_it_is_not_published_and_of_no_other(entries, amina, signed_in):
    page = plain_words(signed_in(amina).get(ADDRESS))

    assert "2 entries" in page
    for said in ("Bin days", "Draft", "Fault map", "With the council's publisher"):
        assert said in page
    assert "Parking permits" not in page
    assert "Road works" not in page


def test_a_stranger_finds_none_there_nor_in_its_file(entries, client):
    assert "No entry is on its way" in plain_words(client.get(ADDRESS))
    for file in ("csv", "json"):
        assert "Bin days" not in client.get(f"{ADDRESS}&format={file}").content.decode()


def test_a_writer_is_led_there_from_the_assets(amina, signed_in):
    assert 'href="?standing=draft"' in signed_in(amina).get(reverse("assets_registry:list")).content.decode()
