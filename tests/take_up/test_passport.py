"""The reuse passport: what fits the council's systems, who is like it and uses it, and what one can do about a line."""

import pytest

from assets_registry.models import Asset
from councils.kinds import Kind, Tier
from councils.models import Organisation, Service
from take_up.models import Adoption
from take_up.queries import take_up
from take_up.queries.usable import can_use
from take_up.queries.verdict import answer
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory, SystemFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return Service.objects.get(name="Household waste collection")


@pytest.fixture
def waste(luton, service):
    asset = AssetFactory(name="Waste standards and API", slug="waste", owner=luton, tier=Tier.LOWER)
    asset.services.add(service)
    return asset


def line(about, asset, council):
    return next(each for each in can_use(asset, council, take_up(asset)) if each.about == about)


def adopter(asset, name="Eastbrook", **fields):
    council = OrganisationFactory(name=name, **fields)
    AdoptionFactory(asset=asset, council=council)
    return council


# Systems -----------------------------------------------------------------------------------------------------


def test_a_council_that_has_not_said_what_it_runs_is_not_known_and_is_told_where_to_say_it(waste, harlow):
    found = line("Systems", waste, harlow)

    assert (found.verdict, found.reason) == ("unknown", "Harlow has not said what it runs.")
    assert (found.act, found.url) == ("See what Harlow runs", "/councils/harlow/systems/")


def test_systems_for_another_service_say_nothing_of_this_one(waste, harlow):
    SystemFactory(council=harlow, service=Service.objects.get(name="Parking fines"))

    found = line("Systems", waste, harlow)

    assert found.verdict == "unknown"
    assert found.reason == "Harlow has not said what it runs for Household waste collection."


def test_an_adopter_that_runs_the_same_speaks_for_it_and_may_be_asked(waste, harlow, service):
    SystemFactory(council=harlow, product="Roundsman", service=service)
    near = adopter(waste)
    SystemFactory(council=near, product="ROUNDSMAN Ltd", service=service)

    found = line("Systems", waste, harlow)

    assert found.verdict == "yes"
    assert found.reason == "Eastbrook uses it live and runs Roundsman, as Harlow does."
    assert (found.act, found.url) == ("Ask Eastbrook", f"/councils/{near.slug}/ask/")


def test_a_system_that_no_adopter_runs_is_checked(waste, harlow, service):
    SystemFactory(council=harlow, product="Roundsman", service=service)
    adopter(waste)

    found = line("Systems", waste, harlow)

    assert found.verdict == "check"
    assert found.reason == "Harlow runs Roundsman. No council that uses it live has said that it runs the same."
    assert found.act == "Ask Luton"


def test_what_the_asset_needs_and_the_council_runs_fits(waste, harlow):
    waste.publiccode = {"dependsOn": {"proprietary": [{"name": "Roundsman"}]}}
    SystemFactory(council=harlow, product="roundsman 3.1")

    found = line("Systems", waste, harlow)

    assert (found.verdict, found.reason) == ("yes", "Needs roundsman 3.1, which Harlow runs.")


@pytest.mark.parametrize("fields", [{"waiting": True}, {"until": "2013-01-01"}])
def test_what_no_lead_confirmed_or_has_run_out_is_not_known(waste, harlow, service, fields):
    SystemFactory(council=harlow, service=service, **fields)

    assert line("Systems", waste, harlow).verdict == "unknown"


def test_a_document_fits_no_system(harlow):
    policy = AssetFactory(kind=Asset.Kind.POLICY)

    assert "Systems" not in {each.about for each in can_use(policy, harlow, take_up(policy))}


def test_an_adopter_that_does_not_want_to_be_named_is_named_nowhere(waste, harlow, service):
    SystemFactory(council=harlow, product="Roundsman", service=service)
    shy = OrganisationFactory(name="Shybrook")
    SystemFactory(council=shy, product="Roundsman", service=service)
    AdoptionFactory(asset=waste, council=shy, may_be_listed=False, what_we_changed="The crest.")

    found = answer(waste, harlow, take_up(waste))

    assert line("Systems", waste, harlow).verdict == "check"
    assert "Shybrook" not in str(found)


# The other lines ---------------------------------------------------------------------------------------------


def test_a_county_is_told_of_a_district_service_and_where_its_own_are(waste, surrey):
    found = line("Tier", waste, surrey)

    assert found.verdict == "no"
    assert found.reason == ("A district service: written for districts and single-tier councils; Surrey is a county.")
    assert (found.act, found.url) == ("See assets for counties", "/assets/?tier=county/unitary")
    assert answer(waste, surrey, take_up(waste)).sentence == "Not meant for counties"


def test_a_district_is_told_of_a_county_service(waste, harlow):
    waste.tier = Tier.UPPER

    assert line("Tier", waste, harlow).reason.startswith("A county service: written for counties")


def test_every_line_that_is_no_yes_has_something_to_do(waste, harlow, surrey):
    waste.licence, waste.phase = "", "alpha"
    for council in (harlow, surrey, None):
        for each in can_use(waste, council, take_up(waste)):
            assert each.verdict == "yes" or (each.act and each.url), each


def test_of_an_owner_that_has_ended_one_asks_whoever_came_after(harlow):
    ended = Organisation.objects.get(slug="allerdale")
    found = line("Support", AssetFactory(owner=ended), harlow)

    assert (found.act, found.url) == ("See what came after Allerdale", "/councils/allerdale/")


def test_the_owner_is_not_sent_to_ask_itself(waste, luton):
    assert not any(each.act == "Ask Luton" for each in can_use(waste, luton, take_up(waste)))


def test_what_a_council_most_like_ours_changed_is_told_first(waste, harlow, service):
    SystemFactory(council=harlow, product="Roundsman", service=service)
    for name in ("Abbot", "Zebra"):
        council = OrganisationFactory(name=name)
        AdoptionFactory(asset=waste, council=council, what_we_changed=f"The crest of {name}.")
    SystemFactory(council=council, product="Roundsman", service=service)

    assert line("Effort", waste, harlow).reason.endswith(" Zebra (district) changed: “The crest of Zebra.”")
    assert line("Effort", waste, harlow).act == "Ask Zebra"


def test_adopters_like_the_council_come_first_with_why(waste, harlow):
    adopter(waste, "Aberbridge", kind=Kind.UNITARY)
    adopter(waste, "Farbridge", kind=Kind.UNITARY, region="South West")
    adopter(waste, "Zetbridge")

    found = answer(waste, harlow, take_up(waste)).adopters

    assert [each.council.name for each in found] == ["Zetbridge", "Aberbridge"]
    assert found[0].in_words == "district, East of England"


# The page ----------------------------------------------------------------------------------------------------


def test_the_passport_holds_every_line_for_the_council_of_the_address(client, waste, harlow):
    near = adopter(waste)

    page = client.get("/assets/waste/passport/?council=harlow").content.decode()

    assert "Can Harlow (district) use this?" in page
    for about in ("Licence", "Tier", "Systems", "Effort", "Support", "Hosting", "Dependencies", "Leaving it"):
        assert f"<strong>{about}</strong>" in page, about
    assert f'href="/councils/{near.slug}/ask/"' in page
    assert "<details" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_passport_is_for_the_readers_own_council_or_for_one_that_is_typed(signed_in, client, amina, waste):
    assert "Can your council use this?" in client.get("/assets/waste/passport/").content.decode()
    typed = client.get("/assets/waste/passport/", {"council": "Surrey (county)"}).content.decode()
    assert "Can Surrey (county) use this?" in typed
    assert "<option" not in typed
    assert "We know no council “Atlantis”" in client.get("/assets/waste/passport/?council=Atlantis").content.decode()
    assert "Can Harlow (district) use this?" in signed_in(amina).get("/assets/waste/passport/").content.decode()


def test_the_weights_of_the_address_decide_who_is_like_the_council(client, waste, harlow):
    adopter(waste, "Aberbridge", kind=Kind.UNITARY)
    adopter(waste, "Zetbridge", region="South West")

    def order(weights: str) -> list[int]:
        page = client.get(f"/assets/waste/passport/?council=harlow&{weights}").content.decode()
        return [page.find(f"{name} (") for name in ("Aberbridge", "Zetbridge")]

    kind_counts, region_counts = order("weigh_region=1"), order("weigh_type=1")
    assert kind_counts[0] > kind_counts[1] > 0
    assert 0 < region_counts[0] < region_counts[1]
    assert (
        "weight of region “many”"
        in client.get("/assets/waste/passport/?council=harlow&weigh_region=many").content.decode()
    )


def test_what_a_council_said_and_does_not_want_to_be_named_for_is_told_to_its_own_people_alone(
    signed_in, amina, carlos, waste, harlow
):
    AdoptionFactory(asset=waste, council=harlow, may_be_listed=False)
    address = "/assets/waste/passport/?council=harlow"

    assert "Harlow uses it" not in signed_in(carlos).get(address).content.decode()
    assert "Harlow uses it" in signed_in(amina).get(address).content.decode()


def test_a_withdrawn_asset_and_a_strangers_draft_have_none(client, luton):
    for state in (Asset.State.WITHDRAWN, Asset.State.DRAFT):
        asset = AssetFactory(owner=luton, state=state)
        assert client.get(f"/assets/{asset.slug}/passport/").status_code == 404


def test_the_assets_page_leads_to_it_for_the_same_council(client, waste):
    page = client.get("/assets/waste/?council=harlow").content.decode()

    assert 'href="/assets/waste/passport/?council=harlow">Print on one page</a>' in page


@pytest.mark.sql
@pytest.mark.parametrize("how_many", [3, 60])
def test_the_passport_takes_as_many_queries_however_many_use_it(
    signed_in, amina, harlow, waste, service, how_many, django_assert_max_num_queries
):
    SystemFactory(council=harlow, product="Roundsman", service=service)
    for council in Organisation.objects.councils().in_force().exclude(pk=harlow.pk)[:how_many]:
        AdoptionFactory(asset=waste, council=council)
        SystemFactory(council=council, product="Roundsman", service=service)
    client = signed_in(amina)
    client.get("/assets/waste/passport/")

    with django_assert_max_num_queries(10):
        client.get("/assets/waste/passport/")


# What is no evidence -----------------------------------------------------------------------------------------


def test_what_an_adopter_did_is_no_evidence_for_itself(waste, luton, harlow):
    AdoptionFactory(asset=waste, council=harlow, what_we_changed="The crest.", officer_days=4)

    assert line("Effort", waste, harlow).reason.endswith("No other council has written down what it had to change.")
    others = line("Other councils", waste, harlow)
    assert others.verdict == "check"
    assert others.reason == "Harlow uses it already. No other council is known to use it live."
    near = adopter(waste)
    assert line("Other councils", waste, harlow).reason == f"Harlow uses it already. {near} uses it live."
    assert "The crest." in line("Effort", waste, near).reason


def test_of_an_owner_that_has_ended_only_its_licence_and_whom_it_is_for_stand_as_they_were(harlow):
    asset = AssetFactory(owner=Organisation.objects.get(slug="allerdale"), phase="live", contact="Digital team")

    assert line("Support", asset, harlow).reason == (
        "Allerdale ended on 31 March 2023. Digital team may not be there any more."
    )
    assert line("Phase", asset, harlow).reason == (
        "Live, as its owner said before it ended on 31 March 2023. Nobody has since."
    )
    assert {each.about for each in can_use(asset, harlow, take_up(asset)) if each.verdict == "yes"} == {
        "Licence",
        "Tier",
    }


def test_nothing_is_weighed_for_a_council_that_has_ended(client, waste):
    adopter(waste)
    for address in ("/assets/waste/passport/", "/assets/waste/"):
        page = client.get(address, {"council": "allerdale"}).content.decode()
        assert "Allerdale has ended" in page
        assert "nothing is weighed for it" in page
        assert "you may use, change and share it" not in page
        assert "Ask for Cumberland" in page


def test_where_no_adopter_is_like_the_council_it_says_why(client, waste, harlow):
    adopter(waste, kind=Kind.UNITARY, region="South West")
    page = client.get("/assets/waste/passport/?council=harlow").content.decode()

    assert "1 other council that may be named uses it live. It has nothing in common with Harlow" in page
    Adoption.objects.all().delete()
    page = client.get("/assets/waste/passport/?council=harlow").content.decode()
    assert "No other council that may be named uses it live." in page


def test_a_link_to_where_it_is_kept_says_where_it_leads(client, waste, harlow):
    waste.repository_url = "https://github.com/luton/waste"
    waste.phase = "live"
    waste.save()

    assert line("Phase", waste, harlow).act == "Try it at github.com"
    assert "The link leaves this site." in client.get("/assets/waste/").content.decode()
