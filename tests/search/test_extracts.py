"""Extracts are made of text that stands on the record's page, never of what the index alone is told."""

import pytest

from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import NeedFactory
from tests.search.test_finding import read

pytestmark = pytest.mark.django_db


def test_what_is_found_by_a_label_shows_its_summary(client, follow):
    owner = OrganisationFactory(name="Quibbleham", official_name="Quibbleham Council")
    AssetFactory(name="Rounds", summary="Routes in one file.", description="Read by vans.", owner=owner)
    NeedFactory(title="A need", what="To know at once.", evidence="", who_for="Quibblers of all ages")
    follow()

    page = read(client, "q=quibbleham&kind=asset")
    assert "Routes in one file." in page
    assert "Councils:" not in page
    assert "Licence:" not in page
    assert "To know at once." in read(client, "q=quibblers")
    assert "For:" not in read(client, "q=quibblers")


def test_what_is_found_in_the_text_shows_its_place_without_the_labels_after_it(client, follow):
    AssetFactory(name="Rounds", summary="Routes in one file.", description="Vans follow the quibble on rounds.")
    follow()

    page = read(client, "q=quibble")

    assert "Vans follow the <mark>quibble</mark> on rounds" in page
    assert "Kind:" not in page
    assert "Councils:" not in page
