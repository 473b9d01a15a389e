"""An asset has versions with notes. The newest is what the entry says; what the entry says is one of them."""

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assets_registry.models import Asset, AssetVersion
from assets_registry.operations import change_asset, register_asset
from assets_registry.versions.operations import add_version, change_version
from core import clock
from core.errors import Refused
from tests.factories.assets_registry import AssetFactory
from tests.pages import plain_words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
MARCH, MAY, JULY = dt.date(2015, 3, 2), dt.date(2015, 5, 4), dt.date(2015, 7, 1)


@pytest.fixture
def waste(harlow):
    return AssetFactory(name="Waste API", slug="waste", owner=harlow, version="1.0", released_on=MAY)


def test_the_version_that_came_out_last_is_what_the_entry_says(grace, waste):
    add_version(waste, by=grace, version="1.1", released_on=JULY, notes="Faster.")
    add_version(waste, by=grace, version="0.9", released_on=MARCH)
    waste.refresh_from_db()

    assert (waste.version, waste.released_on) == ("1.1", JULY)
    assert [row.version for row in waste.versions.all()] == ["1.1", "0.9"]


def test_a_version_that_the_entry_brings_is_remembered_and_so_is_the_one_before(grace, harlow):
    entry = {"owner": harlow, "name": "Waste API", "kind": Asset.Kind.STANDARD, "summary": "One interface."}
    asset = register_asset(by=grace, **entry, version="1.0", released_on=MARCH)
    change_asset(asset, by=grace, version="1.1", released_on=MAY)
    change_asset(asset, by=grace, summary="Two interfaces.")

    assert [(row.version, row.released_on) for row in asset.versions.all()] == [("1.1", MAY), ("1.0", MARCH)]


def test_the_day_of_a_remembered_version_follows_the_entry(grace, harlow, waste):
    change_asset(waste, by=grace, released_on=None, version="1.2")
    change_asset(waste, by=grace, released_on=JULY)

    assert waste.versions.get(version="1.2").released_on == JULY


@pytest.mark.parametrize(("added", "said"), [("1.0", "2.9"), ("2.8", "2.9"), ("2.10", "2.10"), ("beta", "2.9")])
def test_beside_a_version_without_a_day_only_a_higher_number_is_newer(grace, harlow, added, said):
    entry = {"owner": harlow, "name": "Waste API", "kind": Asset.Kind.STANDARD, "summary": "One interface."}
    asset = register_asset(by=grace, **entry, version="2.9")

    row = add_version(asset, by=grace, version=added, released_on=MARCH)
    change_version(row, by=grace, version=added, released_on=MARCH, notes="The same.")
    asset.refresh_from_db()

    assert (asset.version, asset.released_on) == (said, None if said == "2.9" else MARCH)


def test_a_version_stands_once(grace, waste):
    add_version(waste, by=grace, version="1.1", released_on=MAY)

    with pytest.raises(Refused, match="stands in the list already") as refusal:
        add_version(waste, by=grace, version="1.1", released_on=JULY)

    assert refusal.value.field == "version"

    other = add_version(waste, by=grace, version="1.2", released_on=JULY)
    with pytest.raises(Refused, match="stands in the list already"):
        change_version(other, by=grace, version="1.1", released_on=JULY)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssetVersion.objects.create(asset=waste, version="1.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        AssetVersion.objects.create(asset=waste, version="")


def test_a_version_cannot_come_out_tomorrow(grace, waste):
    with pytest.raises(Refused, match="still to come"):
        add_version(waste, by=grace, version="9", released_on=clock.today() + dt.timedelta(days=1))


def test_changing_the_newest_changes_what_the_entry_says(grace, waste):
    row = add_version(waste, by=grace, version="1.1", released_on=JULY)
    add_version(waste, by=grace, version="1.0", released_on=MAY)
    change_version(row, by=grace, version="1.1.1", released_on=MARCH, notes="Taken back.")
    waste.refresh_from_db()

    assert (waste.version, waste.released_on) == ("1.0", MAY)


def test_only_those_who_write_for_the_owner_add_one(amina, carlos, waste):
    for stranger in (amina, carlos):
        with pytest.raises(PermissionDenied):
            add_version(waste, by=stranger, version="6.6", released_on=MAY)


def test_a_publisher_adds_one_by_a_form_and_everybody_reads_it_newest_first(signed_in, client, grace, waste):
    add_version(waste, by=grace, version="1.0", released_on=MARCH)
    typed = {"version": "1.1", "released_on_day": "4", "released_on_month": "5", "released_on_year": "2015"}
    signed_in(grace).post("/assets/waste/versions/add/", typed | {"notes": "New: <b>bulky</b> waste.\n\n**Not** bold."})

    page = client.get("/assets/waste/")
    said = plain_words(page)
    said = said[said.index("Versions</h2>") :]

    assert said.index("1.1, 4 May 2015") < said.index("1.0, 2 March 2015")
    assert "<b>bulky</b>" not in page.content.decode()
    assert "**Not** bold." in said


def test_versions_are_a_file(client, grace, waste):
    add_version(waste, by=grace, version="1.1", released_on=JULY, notes="=SUM(A1)")

    text = client.get("/assets/waste/versions/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO("".join(r for r in text.splitlines(True) if not r.startswith(("#", '"#'))))))

    assert "1.1" in str(rows)
    assert ",=SUM" not in text


def test_the_versions_of_a_draft_are_for_its_owner_alone(client, signed_in, amina, harlow):
    AssetFactory(slug="draft", owner=harlow, state=Asset.State.DRAFT, published_at=None)

    assert client.get("/assets/draft/versions/").status_code == 404
    assert signed_in(amina).get("/assets/draft/versions/").status_code == 200


@pytest.mark.parametrize("how_many", [2, 60])
def test_the_pages_cost_the_same_however_many_there_are(client, waste, how_many, django_assert_max_num_queries):
    AssetVersion.objects.bulk_create(
        AssetVersion(asset=waste, version=str(n), released_on=MAY) for n in range(how_many)
    )
    for address, most in (("/assets/waste/", 12), ("/assets/waste/versions/", 5)):
        with django_assert_max_num_queries(most):
            client.get(address)
