"""Assets hang together: based on and variants, depends on and needed by, part of a suite and suite of."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assets_registry.links.forms import LinkForm
from assets_registry.links.operations import link_assets, unlink_assets
from assets_registry.links.queries import links_of
from assets_registry.models import Asset, AssetLink, NamedBase
from assets_registry.operations import change_asset, register_asset
from core.errors import Refused
from tests.factories.assets_registry import AssetFactory
from tests.pages import plain_words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
SECRET = "Zqxv of nobody yet"


@pytest.fixture
def bins(harlow):
    return AssetFactory(name="Bin days", slug="bins", owner=harlow)


@pytest.fixture
def waste(luton):
    return AssetFactory(
        name="Waste API", slug="waste", owner=luton, repository_url="https://git.example.org/Luton/waste"
    )


def said(asset, user):
    return {
        group.about: [each.asset.name for each in group.assets] + group.addresses for group in links_of(asset, user)
    }


@pytest.mark.parametrize(
    ("relation", "here", "there"),
    [
        ("based_on", "Based on", "Variants of it"),
        ("depends_on", "Depends on", "Needed by"),
        ("part_of", "Part of the suite", "Suite of"),
    ],
)
def test_a_link_stands_on_both_pages(client, grace, bins, waste, relation, here, there):
    link_assets(bins, by=grace, relation=relation, other=waste)

    assert f'{here}</h3> <ul class="govuk-list"> <li>Waste API,' in plain_words(client.get("/assets/bins/"))
    assert f'{there}</h3> <ul class="govuk-list"> <li>Bin days,' in plain_words(client.get("/assets/waste/"))


def test_an_asset_is_not_linked_to_itself_nor_twice_nor_back(grace, harlow, bins):
    ours = AssetFactory(owner=harlow)
    with pytest.raises(Refused, match="itself"):
        link_assets(bins, by=grace, relation="based_on", other=bins)
    link_assets(bins, by=grace, relation="based_on", other=ours)

    for here, there in ((bins, ours), (ours, bins)):
        with pytest.raises(Refused, match="said already") as refusal:
            link_assets(here, by=grace, relation="based_on", other=there)
        assert refusal.value.field == "other"
    link_assets(ours, by=grace, relation="depends_on", other=bins)  # another relation may go the other way


def test_the_database_refuses_the_same(bins, waste):
    AssetLink.objects.create(asset=bins, relation="based_on", other=waste)

    for wrong in (
        {"asset": bins, "relation": "part_of", "other": bins},
        {"asset": bins, "relation": "based_on", "other": waste},
        {"asset": waste, "relation": "based_on", "other": bins},
        {"asset": waste, "relation": "likes", "other": bins},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssetLink.objects.create(**wrong)


def test_a_draft_of_others_is_neither_shown_nor_found(client, grace, carlos, surrey, bins):
    draft = AssetFactory(name=SECRET, slug="zqxv", owner=surrey, state=Asset.State.DRAFT, published_at=None)
    AssetLink.objects.create(asset=draft, relation="based_on", other=bins)

    assert SECRET not in client.get("/assets/bins/").content.decode()
    assert SECRET in str(said(bins, carlos))
    assert not LinkForm({"relation": "part_of", "other": SECRET}, user=grace).is_valid()
    with pytest.raises(Refused, match="not listed any more"):
        link_assets(bins, by=grace, relation="part_of", other=draft)


@pytest.mark.parametrize(
    "typed",
    [
        "Waste API",
        "waste api",
        "waste",
        "/assets/waste/",
        "https://portal.example/assets/waste/?council=harlow",
        "https://git.example.org/luton/waste.git",
        "ste AP",
    ],
)
def test_the_other_asset_is_named_by_its_name_or_an_address(grace, waste, typed):
    form = LinkForm({"relation": "based_on", "other": typed}, user=grace)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["other"] == waste


def test_where_several_fit_their_addresses_are_offered(grace, waste):
    AssetFactory(name="Waste API for crews", slug="crews")

    form = LinkForm({"relation": "based_on", "other": "Waste A"}, user=grace)

    assert "/assets/waste/" in str(form.errors)
    assert "/assets/crews/" in str(form.errors)


def test_a_publisher_links_and_unlinks_by_plain_posts(signed_in, grace, bins, waste):
    client = signed_in(grace)

    refused = client.post("/assets/bins/links/", {"relation": "part_of", "other": "Nothing of the kind"})
    assert refused.status_code == 422
    assert "Nothing of the kind" in refused.content.decode()

    client.post("/assets/bins/links/", {"relation": "part_of", "other": "Waste API"})
    link = AssetLink.objects.get()
    assert (link.asset, link.relation, link.other) == (bins, "part_of", waste)

    client.post(f"/assets/bins/links/{link.pk}/remove/")
    assert not AssetLink.objects.exists()


def test_only_those_who_write_for_the_asset_that_says_it_link_and_unlink(grace, carlos, bins, waste):
    with pytest.raises(PermissionDenied):
        link_assets(waste, by=grace, relation="part_of", other=bins)
    link = AssetLink.objects.create(asset=waste, relation="part_of", other=bins)

    for stranger in (grace, carlos):
        with pytest.raises(PermissionDenied):
            unlink_assets(link, by=stranger)


def test_what_a_file_says_it_is_based_on_leads_to_the_entry_that_has_the_repository(grace, amina, harlow, waste):
    named = [
        "git@git.example.org/luton/waste.git",
        "https://git.example.org/luton/waste.git",
        "https://other.example.org/a",
    ]
    entry = {"owner": harlow, "name": "Our waste", "kind": Asset.Kind.STANDARD, "summary": "Ours."}
    ours = register_asset(by=grace, **entry, publiccode={"isBasedOn": named})
    Asset.objects.filter(pk=ours.pk).update(state=Asset.State.PUBLISHED, published_at=ours.registered_at)

    assert said(ours, amina) == {"Based on": ["Waste API", "https://other.example.org/a"]}
    assert said(waste, amina) == {"Variants of it": ["Our waste"]}

    change_asset(ours, by=grace, publiccode={})
    ours.refresh_from_db()

    assert said(ours, amina) == {} == said(waste, amina)
    assert not NamedBase.objects.exists()


def test_an_entry_that_comes_later_is_found_by_the_file_that_named_it(grace, harlow, luton, amina):
    entry = {"owner": harlow, "name": "Our waste", "kind": Asset.Kind.STANDARD, "summary": "Ours."}
    ours = register_asset(by=grace, **entry, publiccode={"isBasedOn": "https://git.example.org/luton/late"})
    later = AssetFactory(name="Late", owner=luton, repository_url="https://git.example.org/luton/late/")

    assert said(ours, amina) == {"Based on": ["Late"]}
    assert said(later, amina) == {"Variants of it": ["Our waste"]}


def test_an_address_that_only_some_can_open_is_no_link(amina, bins):
    bins.publiccode = {"isBasedOn": ["javascript:alert(1)", "http://127.0.0.1/x", "git://git.example.org/x"]}
    bins.save()

    assert said(bins, amina) == {}


@pytest.mark.parametrize("how_many", [2, 40])
def test_the_page_costs_the_same_however_many_links_it_has(client, bins, how_many, django_assert_max_num_queries):
    for other in AssetFactory.create_batch(how_many):
        AssetLink.objects.create(asset=bins, relation="based_on", other=other)

    with django_assert_max_num_queries(12):
        client.get("/assets/bins/")
