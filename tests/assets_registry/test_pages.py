"""The pages: who sees what, and that no page grows dear with its list."""

import csv
import datetime as dt
import io

import pytest
from django.template import Context, Engine

from assets_registry.health.verdicts import CHECKED, RELEASED, health
from assets_registry.models import Asset
from core import clock
from core.words import ago
from councils.kinds import Tier
from councils.models import Organisation
from take_up.queries import take_up
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import ServiceFactory
from tests.factories.projects import ProjectFactory, PrototypeFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory
from tests.pages import plain_words


@pytest.fixture
def waste(luton):
    return AssetFactory(name="Waste standards and API", slug="waste", owner=luton, tier=Tier.LOWER)


def lines(csv_response):
    text = csv_response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO("".join(r for r in text.splitlines(True) if not r.startswith(("#", '"#'))))))


def test_the_list_names_each_asset_with_its_take_up_and_base(client, waste, harlow):
    AdoptionFactory(asset=waste, council=harlow)

    page = client.get("/assets/").content.decode()

    assert "Waste standards and API" in page
    assert f"1 of {take_up(waste).base} councils live" in page


@pytest.mark.parametrize("state", [Asset.State.DRAFT, Asset.State.WITH_PUBLISHER, Asset.State.WITHDRAWN])
def test_only_what_is_published_is_listed(client, db, state):
    AssetFactory(name="Not for the list", state=state)

    assert "Not for the list" not in client.get("/assets/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "kind=research",
        "service=missed-bins",
        "tier=district",
        "phase=alpha",
        "licence=EUPL-1.2",
        "region=South East",
        "q=pothole",
    ],
)
def test_each_filter_narrows_the_list(client, waste, surrey, query):
    fits = AssetFactory(
        name="Fits",
        kind="research",
        tier="district",
        phase="alpha",
        licence="EUPL-1.2",
        owner=surrey,
        summary="Words for potholes.",
    )
    fits.services.add(ServiceFactory(slug="missed-bins"))

    page = client.get(f"/assets/?{query}").content.decode()

    assert "Fits" in page
    assert waste.name not in page


@pytest.mark.parametrize(
    "query",
    [
        "kind=%00",
        "service=../etc",
        "tier=<script>",
        "page=-9",
        "page=999",
        "as_at=x",
        "q=" + "x" * 5000,
        "licence=%F0%9F%92%A9",
    ],
)
def test_nonsense_in_the_address_is_ignored(client, waste, query):
    assert client.get(f"/assets/?{query}").status_code == 200
    assert client.get(f"/assets/waste/?{query}").status_code == 200


def test_an_empty_list_says_what_to_do_next(client, db):
    assert "No asset fits" in client.get("/assets/").content.decode()


def test_the_csv_has_the_same_filters_and_no_formulas(client, waste, harlow):
    AssetFactory(name="=HYPERLINK(1)", kind="research")
    AdoptionFactory(asset=waste, council=harlow)

    every = lines(client.get("/assets/?format=csv"))
    research = lines(client.get("/assets/?format=csv&kind=research"))

    assert [row["Name"] for row in research] == ["'=HYPERLINK(1)"]
    assert {row["Councils live"] for row in every if row["Name"] == waste.name} == {"1"}


def test_a_draft_is_not_there_for_strangers(client, signed_in, amina, carlos, harlow):
    draft = AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None)
    address = draft.get_absolute_url()

    assert client.get(address).status_code == 404
    assert client.get(f"{address}publiccode.yml").status_code == 404
    assert signed_in(carlos).get(address).status_code == 404
    assert signed_in(carlos).get(f"{address}adopt/").status_code == 404
    assert signed_in(amina).get(address).status_code == 200


def test_a_withdrawn_asset_keeps_its_address_and_says_why(client, waste):
    Asset.objects.update(state=Asset.State.WITHDRAWN, state_reason="Replaced by the national service.")

    page = client.get("/assets/waste/").content.decode()

    assert "Replaced by the national service." in page
    assert "Withdrawn by or for its owner." in page
    assert "We use this" not in page


@pytest.mark.parametrize("state", [Asset.State.DRAFT, Asset.State.WITH_PUBLISHER, Asset.State.PUBLISHED])
def test_an_assets_page_shows_its_description_and_its_file_before_it_is_published_too(signed_in, amina, harlow, state):
    asset = AssetFactory(owner=harlow, state=state, description="# What you get\n\nA *rota* for gritting.")

    page = signed_in(amina).get(asset.get_absolute_url()).content.decode()

    assert "<h3>What you get</h3>" in page
    assert "A <em>rota</em> for gritting." in page
    assert f'href="{asset.get_absolute_url()}publiccode.yml"' in page


def test_the_frame_of_a_page_hides_no_description_that_the_page_brings():
    page = Engine.get_default().from_string(
        "{% extends 'base.html' %}{% block content %}<p>{{ description }}</p>{% endblock %}"
    )

    shown = page.render(Context({"description": "What it does.", "page": {"summary": "In short."}}))

    assert "<p>What it does.</p>" in shown
    assert '<meta name="description" content="In short.">' in shown


def test_who_handed_an_entry_on_reads_how_it_comes_back(signed_in, amina, harlow):
    entry = AssetFactory(owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)

    page = signed_in(amina).get(entry.get_absolute_url()).content.decode()

    assert "It waits for a publisher of Harlow, who can send it back to be changed." in page


def test_a_council_that_does_not_want_to_be_named_is_on_no_page(client, waste, harlow):
    AdoptionFactory(asset=waste, council=harlow, may_be_listed=False, what_we_changed="Our colours")

    page = client.get("/assets/waste/?council=surrey").content.decode()

    assert "1 that did not want to be named" in page
    assert ">Harlow (district)</a>" not in page
    assert "Our colours" not in page


def test_a_day_that_is_none_is_not_used_and_the_page_says_so(client, waste):
    assert (
        "We did not understand this, so it is not used: day “foo”."
        in client.get("/assets/waste/?as_at=foo").content.decode()
    )


def test_the_page_can_be_asked_as_at_a_day(client, waste, harlow):
    AdoptionFactory(asset=waste, council=harlow, since=dt.date(2014, 6, 1))

    assert (
        "1 of 326 districts and single-tier councils (0.3%)"
        in client.get("/assets/waste/?as_at=2014-12-31").content.decode()
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "1 day ago"),
        (9, "9 days ago"),
        (92, "3 months ago"),
        (365, "1 year ago"),
        (400, "1 year ago"),
        (4030, "11 years ago"),
    ],
)
def test_ages_are_told_in_the_largest_unit(days, words):
    assert ago(clock.today() - dt.timedelta(days=days)) == words


def test_a_stale_entry_says_so_with_its_age(client, db):
    long_ago = clock.today() - dt.timedelta(days=4030)
    asset = AssetFactory(version="1.2", released_on=long_ago, checked_on=long_ago)

    page = client.get(asset.get_absolute_url()).content.decode()

    assert f"1.2, {long_ago:%B %Y}" in page
    assert ">Stale<" in page
    assert "last checked 11 years ago by its owner" in page


def test_health_says_the_verdict_and_not_what_is_asked():
    recent, old = clock.today() - dt.timedelta(days=9), clock.today() - dt.timedelta(days=400)

    def words(day):
        found = health(Asset(checked_on=day, released_on=day))
        return [(found[about].about, found[about].verdict) for about in (CHECKED, RELEASED)]

    assert words(recent) == [("Fresh", "yes"), ("Released", "yes")]
    assert words(old) == [("Stale", "check"), ("No new release", "check")]
    assert words(None) == [("Not checked", "check"), ("No release", "unknown")]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://github.com/harlow/bins", "Go to where it is kept (github.com, by harlow)"),
        ("https://www.github.com/harlow/bins.git", "Go to where it is kept (github.com, by harlow)"),
        ("https://gitlab.com/county/digital/bins", "Go to where it is kept (gitlab.com, by county/digital)"),
        ("https://github.com/harlow", "Go to where it is kept (github.com)"),
    ],
)
def test_beside_the_way_to_where_an_asset_is_kept_stands_whose_address_it_is(client, db, address, said):
    AssetFactory(slug="bins", repository_url=address)

    page = plain_words(client.get("/assets/bins/"))

    assert said in page
    assert "not one of the forges" not in page


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://githhub.com/harlow/bins", "githhub.com"),
        ("https://github.com.example.org/harlow/bins", "github.com.example.org"),
        ("https://gіthub.com/harlow/bins", "xn--gthub-n2e.com"),  # one letter of it is Cyrillic
        ("http://bins.example:8080/", "bins.example"),
    ],
)
def test_of_an_address_outside_the_forges_the_page_warns(client, db, address, host):
    AssetFactory(slug="bins", repository_url=address)

    page = plain_words(client.get("/assets/bins/"))

    assert f"Go to where it is kept ({host})" in page
    assert f"{host} is not one of the forges that this site reads." in page


def test_what_people_write_is_never_markup(client, luton):
    AssetFactory(
        slug="x",
        owner=luton,
        name="<script>alert(1)</script>",
        summary="<img src=x onerror=alert(1)>",
        description="[click](javascript:alert(1)) <script>alert(2)</script>\n\n## Head",
        contact="<b>us</b>",
    )

    for address in ("/assets/x/", "/assets/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def test_the_queue_is_for_those_who_decide(signed_in, client, amina, grace, edith):
    assert client.get("/assets/waiting/").status_code == 302
    assert signed_in(amina).get("/assets/waiting/").status_code == 403
    for person in (grace, edith):
        assert signed_in(person).get("/assets/waiting/").status_code == 200


def test_the_queue_shows_entries_and_adoptions(signed_in, grace, harlow):
    AssetFactory(name="Waits for Harlow", owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)
    AdoptionFactory(asset__name="Bins", council=harlow, confirmed_by=None, confirmed_at=None)

    page = signed_in(grace).get("/assets/waiting/").content.decode()

    assert "Waits for Harlow" in page
    assert "Bins" in page


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_list_takes_as_many_queries_however_long_it_is(client, how_many, harlow, django_assert_max_num_queries):
    for asset in AssetFactory.create_batch(how_many):
        AdoptionFactory(asset=asset, council=harlow)
    client.get("/assets/")

    with django_assert_max_num_queries(12):
        client.get("/assets/")


@pytest.mark.parametrize("how_many", [3, 30])
def test_an_asset_takes_as_many_queries_however_many_use_it(
    signed_in, amina, waste, how_many, django_assert_max_num_queries
):
    waste.project = ProjectFactory(prototype=PrototypeFactory(), lead_council=waste.owner)
    waste.save()
    waste.services.add(ServiceFactory())
    for council in Organisation.objects.councils().in_force()[:how_many]:
        BenefitFactory(project=None, adoption=AdoptionFactory(asset=waste, council=council))
    client = signed_in(amina)
    client.get("/assets/waste/")

    with django_assert_max_num_queries(14):
        client.get("/assets/waste/")


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_queue_takes_as_many_queries_however_long_it_is(
    signed_in, grace, harlow, how_many, django_assert_max_num_queries
):
    for asset in AssetFactory.create_batch(how_many, owner=harlow, state=Asset.State.WITH_PUBLISHER):
        AdoptionFactory(asset=asset, council=harlow, confirmed_by=None, confirmed_at=None)
    client = signed_in(grace)
    client.get("/assets/waiting/")

    with django_assert_max_num_queries(12):
        client.get("/assets/waiting/")


def test_on_a_phone_the_list_stands_before_what_one_can_do_beside_it(signed_in, amina, waste):
    page = signed_in(amina).get("/assets/").content.decode()

    before, after = (page.index(f"lda-only-{width}") for width in ("wide", "narrow"))
    assert before < page.index("lda-listing__main") < after
    assert page.index("Register an asset") < page.index("lda-listing__main") < page.rindex("Register an asset")
