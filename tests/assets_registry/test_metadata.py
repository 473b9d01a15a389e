"""Other programs read the registry: codemeta.json, JSON-LD on the page, DCAT, and a catalogue that can be harvested."""

import json
import re

import pytest
from django.conf import settings

from assets_registry import metadata, publiccode
from assets_registry.models import Asset
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import ServiceFactory

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028"


@pytest.fixture
def waste(db, luton):
    asset = AssetFactory(
        name="Waste standards and API",
        slug="waste",
        owner=luton,
        version="2.1.0",
        repository_url="https://github.com/luton/waste",
        description="One vocabulary for rounds, bins and missed collections. " * 4,
    )
    asset.services.add(ServiceFactory(name="Household waste collection"))
    return asset


def json_ld(client, asset):
    page = client.get(asset.get_absolute_url()).content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def harvested(client):
    """Every row of the catalogue, as a program reads it that follows its links."""
    rows, following = [], ""
    while True:
        answer = client.get(f"/assets/catalogue.json{following}").json()
        rows += answer["data"]
        following = answer["links"]["next"] or ""
        if not following:
            return rows


def test_codemeta_says_what_the_entry_says(client, waste, luton):
    said = client.get("/assets/waste/codemeta.json").json()

    assert said["name"] == "Waste standards and API"
    assert said["codeRepository"] == "https://github.com/luton/waste"
    assert said["license"] == "https://spdx.org/licenses/MIT"
    assert said["version"] == "2.1.0"
    assert said["developmentStatus"].endswith("#active")
    assert said["maintainer"]["name"] == luton.official_name
    assert said["keywords"] == ["Household waste collection"]
    assert "datePublished" not in said


def test_what_is_not_published_software_has_no_codemeta(client, waste):
    for number, fields in enumerate(
        [{"repository_url": ""}, {"licence": ""}, {"kind": Asset.Kind.POLICY}, {"state": Asset.State.DRAFT}]
    ):
        AssetFactory(slug=f"other-{number}", **fields)
        assert client.get(f"/assets/other-{number}/codemeta.json").status_code == 404


def test_several_licences_are_named_in_words(waste):
    waste.licence = "MIT OR EUPL-1.2"
    assert metadata.codemeta(waste)["license"] == "MIT OR EUPL-1.2"
    assert metadata.schema_org(waste)["license"] == {"@type": "CreativeWork", "name": "MIT OR EUPL-1.2"}
    waste.licence = "LicenseRef-ours"
    assert metadata.codemeta(waste)["license"] == "LicenseRef-ours"


def test_the_page_tells_search_engines_what_it_is(client, waste):
    said = json_ld(client, waste)

    assert said["@type"] == "SoftwareSourceCode"
    assert said["url"] == f"{settings.BASE_URL}/assets/waste/"
    assert said["about"] == [{"@type": "Service", "name": "Household waste collection"}]


def test_nothing_that_was_typed_ends_the_script(client, waste):
    Asset.objects.filter(pk=waste.pk).update(name=HOSTILE, summary=HOSTILE)

    page = client.get("/assets/waste/").content.decode()

    assert "<script>alert" not in page
    assert json_ld(client, waste)["name"] == HOSTILE.strip()


def test_what_is_made_up_says_so(client, waste):
    Asset.objects.filter(pk=waste.pk).update(is_illustrative=True)

    assert json_ld(client, waste)["disambiguatingDescription"] == "illustrative"
    assert client.get("/assets/waste/codemeta.json").json()["disambiguatingDescription"] == "illustrative"
    assert harvested(client)[0]["illustrative"] == "illustrative"
    assert client.get("/assets/catalogue.jsonld").json()["dcat:resource"][0]["dct:provenance"] == "illustrative"


def test_the_dcat_catalogue_holds_everything_published_and_nothing_else(client, waste):
    AssetFactory(slug="clause", kind=Asset.Kind.PROCUREMENT, repository_url="", licence="")
    AssetFactory(slug="draft", state=Asset.State.DRAFT)
    AssetFactory(slug="gone", state=Asset.State.WITHDRAWN)

    response = client.get("/assets/catalogue.jsonld")

    assert response["Content-Type"] == "application/ld+json"
    assert [one["dct:identifier"] for one in response.json()["dcat:resource"]] == ["waste", "clause"]
    assert "hydra:view" not in response.json()


def test_a_harvester_gets_every_publiccode_yml_page_by_page(client, waste):
    others = [AssetFactory() for _ in range(6)]

    rows, paged = harvested(client), []
    following = "?page[size]=3"
    while following:
        answer = client.get(f"/assets/catalogue.json{following}").json()
        assert len(answer["data"]) <= 3
        paged += answer["data"]
        following = answer["links"]["next"]

    assert paged == rows
    assert [row["id"] for row in rows] == [waste.slug, *(other.slug for other in others)]
    assert publiccode.read(rows[0]["publiccodeYml"])["url"] == "https://github.com/luton/waste"


def test_what_was_withdrawn_is_inactive_and_what_is_no_software_is_left_out(client, waste):
    AssetFactory(slug="gone", state=Asset.State.WITHDRAWN)
    AssetFactory(slug="draft", state=Asset.State.DRAFT)
    AssetFactory(slug="policy", kind=Asset.Kind.POLICY)

    rows = {row["id"]: row for row in harvested(client)}

    assert rows.keys() == {"waste", "gone"}
    assert (rows["gone"]["active"], rows["gone"]["publiccodeYml"]) == (False, "")


def test_a_strange_page_is_refused_in_a_sentence(client, db):
    for address in ("catalogue.json", "catalogue.jsonld"):
        for query in ("page[after]=x", "page[after]=" + "9" * 5000, "page[size]=0", "page[size]=101", "page[size]=-1"):
            response = client.get(f"/assets/{address}?{query}")
            assert response.status_code == 400
            assert "page[after]" in response.json()["error"]


@pytest.mark.sql
def test_the_catalogues_cost_the_same_however_many_assets(client, db, django_assert_max_num_queries):
    for _ in range(40):
        AssetFactory().services.add(ServiceFactory())
    client.get("/assets/catalogue.json")

    for address in ("catalogue.json", "catalogue.jsonld"):
        with django_assert_max_num_queries(4):
            client.get(f"/assets/{address}?page[size]=50")
