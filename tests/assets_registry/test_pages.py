"""The pages: who sees what, whether a council can use an asset, and that no page grows dear with its list."""

import csv
import datetime as dt
import io

import pytest
from django.template import Context, Engine

from assets_registry.models import Asset
from assets_registry.queries import take_up
from assets_registry.queries.health import ago, health
from assets_registry.queries.usable import can_use
from core import clock
from councils.models import Kind, Organisation, Tier
from tests.factories.assets_registry import AdoptionFactory, AssetFactory, BenefitFactory
from tests.factories.councils import ServiceFactory
from tests.factories.projects import ProjectFactory, PrototypeFactory


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
    assert "We use this" not in page


def test_the_page_answers_for_the_readers_own_council(signed_in, amina, waste):
    page = signed_in(amina).get("/assets/waste/").content.decode()

    assert "Can Harlow use this?" in page
    assert "Harlow is a district" in page


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


def test_an_owners_officer_is_not_asked_whether_the_owner_can_use_it(signed_in, amina, harlow):
    own = AssetFactory(owner=harlow)

    page = signed_in(amina).get(own.get_absolute_url()).content.decode()

    assert "Can Harlow use this?" not in page
    assert "Can another council use this?" in page


def test_who_handed_an_entry_on_reads_how_it_comes_back(signed_in, amina, harlow):
    entry = AssetFactory(owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)

    page = signed_in(amina).get(entry.get_absolute_url()).content.decode()

    assert "It waits for a publisher of Harlow, who can send it back to be changed." in page


def test_a_stranger_chooses_a_council(client, waste):
    page = client.get("/assets/waste/").content.decode()
    assert "Name of the council" in page
    assert "<option" not in page  # a box that suggests names, not a line for each council
    for named in ("surrey", "SURREY", "Surrey (county)", "Surrey County Council"):
        assert "Surrey is a county" in client.get("/assets/waste/", {"council": named}).content.decode(), named


def test_the_choice_begins_empty_and_says_so_when_nothing_was_chosen(client, waste, surrey):
    empty, wrong = "Enter a council by its whole name", "We know no council “Atlantis”, or more than one."
    assert empty not in client.get("/assets/waste/").content.decode()
    assert empty in client.get("/assets/waste/?council=").content.decode()
    assert wrong in client.get("/assets/waste/?council=Atlantis").content.decode()


def test_asking_for_another_council_begins_at_ones_own(signed_in, amina, waste, surrey):
    page = signed_in(amina).get("/assets/waste/?council=another").content.decode()

    assert 'value="Harlow (district)"' in page
    assert "We know no council" not in page


def test_where_something_speaks_against_it_the_page_says_so_beside_the_button(signed_in, amina, carlos, waste):
    assert "We use this" in signed_in(amina).get("/assets/waste/").content.decode()
    assert "We use this" in signed_in(amina).get("/assets/waste/?council=surrey").content.decode()

    page = signed_in(carlos).get("/assets/waste/").content.decode()

    assert "Something in the check below speaks against it for Surrey." in page
    assert "We use it all the same" in page
    assert "We use this" not in page


def test_who_speaks_for_no_council_is_not_offered_what_would_be_refused(client, signed_in, fatima, waste):
    assert "We use this" in client.get("/assets/waste/").content.decode()
    assert "We use this" not in signed_in(fatima).get("/assets/waste/").content.decode()


def verdicts(asset, council):
    return {line.about: line.verdict for line in can_use(asset, council, take_up(asset))}


def test_the_tier_says_no_to_a_county_where_districts_provide(waste, surrey, harlow):
    assert verdicts(waste, surrey)["Your tier"] == "no"
    assert verdicts(waste, harlow)["Your tier"] == "yes"


def test_a_council_of_another_nation_checks_its_tier(waste):
    assert verdicts(waste, Organisation.objects.filter(kind=Kind.WELSH).first())["Your tier"] == "check"


@pytest.mark.parametrize(("licence", "verdict"), [("MIT", "yes"), ("", "check"), ("LicenseRef-ours", "check")])
def test_the_licence_is_open_or_to_be_checked(waste, harlow, licence, verdict):
    waste.licence = licence

    assert verdicts(waste, harlow)["Licence"] == verdict


@pytest.mark.parametrize(
    ("phase", "verdict"), [("live", "yes"), ("beta", "yes"), ("alpha", "check"), ("retired", "no")]
)
def test_the_phase_counts(waste, harlow, phase, verdict):
    waste.phase = phase

    assert verdicts(waste, harlow)["Phase"] == verdict


def test_another_district_in_live_use_speaks_for_a_district(waste, harlow):
    assert verdicts(waste, harlow)["Others like you"] == "check"

    AdoptionFactory(asset=waste, council=Organisation.objects.councils().in_force().filter(kind=Kind.DISTRICT)[5])
    assert verdicts(waste, harlow)["Others like you"] == "yes"


def test_a_council_that_does_not_want_to_be_named_is_on_no_page(client, waste, harlow):
    AdoptionFactory(asset=waste, council=harlow, may_be_listed=False, what_we_changed="Our colours")

    page = client.get("/assets/waste/?council=surrey").content.decode()

    assert "1 that did not want to be named" in page
    assert ">Harlow (district)</a>" not in page
    assert "Our colours" not in page


def test_the_page_can_be_asked_as_at_a_day(client, waste, harlow):
    AdoptionFactory(asset=waste, council=harlow, since=dt.date(2014, 6, 1))

    assert (
        "1 of 326 districts and single-tier councils (0.3%)"
        in client.get("/assets/waste/?as_at=2014-12-31").content.decode()
    )


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "1 day ago"), (9, "9 days ago"), (92, "3 months ago"), (365, "12 months ago")]
)
def test_ages_are_told_in_the_largest_unit(days, words):
    assert ago(clock.today() - dt.timedelta(days=days)) == words


def test_what_is_older_than_a_year_is_told_by_its_month(client, db):
    assert ago(dt.date(2015, 6, 1)) == "in June 2015"
    asset = AssetFactory(version="1.2", released_on=dt.date(2015, 6, 1), checked_on=dt.date(2015, 6, 1))

    page = client.get(asset.get_absolute_url()).content.decode()

    assert "1.2, June 2015" in page
    assert "last checked in June 2015 by its owner" in page
    assert "years ago" not in page


def test_health_says_the_verdict_and_not_what_is_asked():
    recent, old = clock.today() - dt.timedelta(days=9), dt.date(2015, 6, 1)

    def words(day):
        return [line.about for line in health(Asset(checked_on=day, released_on=day))]

    assert words(recent) == ["Fresh", "Released"]
    assert words(old) == ["Stale", "No release for a year"]
    assert words(None) == ["Not checked", "Release not known"]


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

    with django_assert_max_num_queries(12):
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
