"""The directory finds every council by any of its names; a profile says what became of it; the members page is the
council's own."""

import re

import pytest

from core import panels
from councils.lists import council_named
from councils.models import Membership, Organisation
from councils.operations import ask_to_join
from tests.factories.councils import DepartmentFactory, MembershipFactory, OrganisationFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def test_the_directory_counts_the_kinds_of_a_day(client):
    page = client.get("/councils/?as_at=2014-12-31").content.decode()

    assert "353 in England" in page
    assert "433 in the United Kingdom" in page


def test_a_former_name_finds_the_council_that_is_there_now(client):
    assert "Folkestone and Hythe" in client.get("/councils/?q=shepway").content.decode()
    assert "Bournemouth, Christchurch and Poole" in client.get("/councils/?q=Christchurch").content.decode()


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "as_at=2014-99-99", "region=Atlantis", "page=banana", "q=%00", "x=1"]
)
def test_nonsense_in_a_filter_is_as_good_as_nothing(client, query):
    assert client.get(f"/councils/?{query}").status_code == 200


def test_filters_narrow_the_list_and_the_table(client):
    table = client.get("/councils/?kind=county&region=South East&format=csv").content.decode()

    assert "Surrey County Council" in table
    assert "Essex" not in table
    assert "# Filters: Kind: County; Region or nation: South East" in table


def test_a_filter_counts_among_the_councils_that_the_whole_list_counts(client):
    every = re.search(r"(\d+) councils</b> in force", words(client.get("/councils/")))[1]

    assert f" of {every} councils</b> in force" in words(client.get("/councils/?kind=district"))


def test_an_ended_council_says_so_and_names_its_successors(client):
    page = client.get("/councils/dorset-county/").content.decode()

    assert "ended on 31 March 2019" in page
    assert "/councils/bournemouth-christchurch-and-poole/" in page
    assert "Ask to join" not in page


def test_a_successor_names_the_councils_it_took_over_from(client):
    assert "/councils/dorset-county/" in client.get("/councils/dorset/").content.decode()


def test_names_of_members_are_for_people_who_are_signed_in(client, signed_in, amina, ben):
    assert "Amina Shah" not in client.get("/councils/harlow/").content.decode()
    assert "Amina Shah" in signed_in(ben).get("/councils/harlow/").content.decode()


def test_what_apps_further_up_contribute_stands_on_the_profile(client, harlow):
    def needs(organisation, user):
        return panels.Panel("components/notice.html", {}, order=1)

    panels.register(Organisation, needs)
    try:
        assert "Nothing yet" not in client.get("/councils/harlow/").content.decode()
    finally:
        panels._panels[Organisation].remove(needs)


def test_somebody_asks_to_join_and_the_lead_confirms(signed_in, ben, grace, harlow):
    signed_in(ben).post("/councils/harlow/join/", {"role": "contributor"})
    place = ben.memberships.get()
    assert "check by hand" in signed_in(MembershipFactory().person).get("/councils/harlow/join/").content.decode()
    client = signed_in(grace)
    lines = client.get("/councils/harlow/members/").content.decode()
    assert "Ben Okoro" in lines
    assert lines.count("check who this is") == 1  # of the one who waits, not of those confirmed long ago

    response = client.post(f"/councils/harlow/members/{place.pk}/confirm/", {f"m{place.pk}-role": "publisher"})

    assert response.status_code == 302
    place.refresh_from_db()
    assert (place.state, place.role) == (Membership.State.CONFIRMED, "publisher")


def test_the_members_page_is_shut_to_members_and_to_other_leads(signed_in, amina, surrey):
    lead_of_surrey = MembershipFactory(organisation=surrey, role=Membership.Role.LEAD).person

    assert signed_in(amina).get("/councils/harlow/members/").status_code == 403
    assert signed_in(lead_of_surrey).get("/councils/harlow/members/").status_code == 403


def test_a_lead_does_not_reach_a_place_of_another_council(signed_in, grace, carlos):
    theirs = carlos.memberships.get()
    client = signed_in(grace)

    for action in ("confirm", "role", "end"):
        for slug in ("harlow", "surrey"):
            response = client.post(f"/councils/{slug}/members/{theirs.pk}/{action}/", {f"m{theirs.pk}-role": "reader"})
            assert response.status_code == 404
    theirs.refresh_from_db()
    assert theirs.role == Membership.Role.CONTRIBUTOR


def test_a_action_is_never_a_get(signed_in, grace, amina):
    place = amina.memberships.get()

    assert signed_in(grace).get(f"/councils/harlow/members/{place.pk}/end/").status_code == 405


def test_a_stranger_is_led_to_sign_in_and_back(client):
    assert client.get("/councils/harlow/join/")["Location"] == "/accounts/login/?next=/councils/harlow/join/"


def test_the_secretariat_sees_everyone_who_waits(signed_in, sunita, ben, harlow):
    ask_to_join(harlow, by=ben)

    assert "Ben Okoro" in signed_in(sunita).get("/councils/waiting/").content.decode()


def test_what_is_not_there_is_not_found(client):
    assert client.get("/councils/atlantis/").status_code == 404


@pytest.mark.parametrize("how_many", [3, 40])
def test_pages_cost_the_same_however_many_rows_there_are(
    signed_in, grace, harlow, django_assert_max_num_queries, how_many
):
    MembershipFactory.create_batch(how_many, organisation=harlow)
    OrganisationFactory.create_batch(how_many)
    client = signed_in(grace)
    for address in ("/councils/", "/councils/?q=a", "/councils/harlow/", "/councils/harlow/members/"):
        # The last are where the council says that it stands by Planting the Flag, and whether its reader follows it.
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_whoever_decides_finds_the_request_on_their_home_page(signed_in, grace, carlos, ben, harlow):
    ask_to_join(harlow, by=ben)

    asked = "Ben Okoro asks to join Harlow as a contributor"
    assert asked in signed_in(grace).get("/").content.decode()
    assert asked not in signed_in(carlos).get("/").content.decode()


def test_who_asks_is_confirmed_or_turned_down_in_the_row_and_the_reader_stays_where_the_row_was(
    signed_in, grace, sunita, ben, carlos, harlow
):
    first, second = ask_to_join(harlow, by=ben), ask_to_join(harlow, by=carlos)

    lead = signed_in(grace)
    said = lead.post(f"/councils/harlow/members/{first.pk}/confirm/", {f"m{first.pk}-role": first.role, "next": "/"})
    assert said.url == "/"
    shown = lead.get("/").content.decode()
    assert "Ben Okoro is confirmed as contributor" in shown
    assert "Ben Okoro asks" not in shown
    assert "Carlos Reid asks" in shown

    secretariat = signed_in(sunita)
    shown = secretariat.get("/councils/waiting/").content.decode()
    assert f'action="/councils/harlow/members/{second.pk}/end/"' in shown
    assert f'name="m{second.pk}-role" value="contributor"' in shown
    said = secretariat.post(f"/councils/harlow/members/{second.pk}/end/", {"next": "/councils/waiting/"})
    assert said.url == "/councils/waiting/"
    assert "Nobody waits" in secretariat.get("/councils/waiting/").content.decode()


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "999", "javascript:alert(1)"])
def test_a_row_leads_back_to_no_other_site_and_to_no_nonsense(signed_in, grace, ben, harlow, onward):
    place = ask_to_join(harlow, by=ben)

    said = signed_in(grace).post(f"/councils/harlow/members/{place.pk}/end/", {"next": onward})

    assert said.url == "/councils/harlow/members/"


def test_the_secretariats_pages_are_found_from_its_account_page(signed_in, sunita, amina):
    page = signed_in(sunita).get("/account/").content.decode()

    assert all(f'href="{address}"' in page for address in ("/people/", "/councils/waiting/", "/audit/"))
    assert 'href="/people/"' not in signed_in(amina).get("/account/").content.decode()


def test_a_profile_says_once_what_it_is_and_a_department_has_no_region(client, harlow):
    page = client.get("/councils/harlow/").content.decode().partition("<main")[2].partition("</main>")[0]
    assert page.count(">District<") == 1
    assert "East of England" in page

    department = DepartmentFactory(nation="England")
    page = client.get(department.get_absolute_url()).content.decode()
    assert ">Region<" not in page
    assert "England" not in department.line


def test_a_box_for_a_council_suggests_full_names_while_one_types(client):
    found = client.get("/councils/suggest/?q=surr").json()

    assert found[0] == {"text": "Surrey (county)"}
    assert len(client.get("/councils/suggest/?q=or").json()) == 8
    for nothing in ("", "s", "%00", "zzzz"):
        assert client.get(f"/councils/suggest/?q={nothing}").json() == []


def test_a_council_is_meant_by_its_address_any_of_its_names_or_its_name_and_kind(db):
    for text in ("surrey", "Surrey", "surrey county council", "Surrey (county)", "SURREY (COUNTY)"):
        assert council_named(text).slug == "surrey", text
    for text in ("Surrey (district)", "Atlantis", "", "(county)", "Sur"):
        assert council_named(text) is None, text
    # Dorset County Council has ended; the council of that name which is there now is meant.
    assert council_named("Dorset").slug == "dorset"
    assert council_named("dorset-county").slug == "dorset-county"
