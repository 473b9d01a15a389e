"""What a council runs: a contributor says so, a lead confirms it, then it stands on the council's page."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core import clock
from core.errors import Refused
from councils import systems
from councils.models import Membership, Service, System
from councils.names import product_key
from portal.inbox.week import week_of
from tests.factories.councils import MembershipFactory, OrganisationFactory, SystemFactory

pytestmark = pytest.mark.django_db
RUNS = {"product": "Roundsman", "used_for": "Waste rounds"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roundsman", "ROUNDSMAN"),
        ("Bin-Day Plus", "bin day plus"),
        ("Roundsman", "Roundsman Ltd"),
        ("Roundsman", "The Roundsman system v2.1"),
        ("Roundsman", "Roundsman 2019"),
        ("Café", "Cafe"),
        ("Bins & Bags", "Bins and Bags"),
    ],
)
def test_two_spellings_of_one_product_are_one(one, other):
    assert product_key(one) == product_key(other)


@pytest.mark.parametrize(("one", "other"), [("Roundsman", "Roundswoman"), ("M3", "M4"), ("Bin Day", "Bin Night")])
def test_two_products_are_two(one, other):
    assert product_key(one) != product_key(other)


@pytest.mark.parametrize("name", ["365", "The System", "Система"])
def test_a_name_of_nothing_but_common_words_keeps_them(name):
    assert product_key(name)


def test_what_a_contributor_says_waits_and_what_a_lead_says_stands(amina, grace, harlow):
    assert not systems.declare_system(harlow, by=amina, **RUNS).is_confirmed
    assert systems.declare_system(harlow, by=grace, product="Desk", used_for="Calls").is_confirmed


def test_nobody_but_the_councils_own_people_says_what_it_runs(carlos, ben, harlow):
    for person in (carlos, ben):
        with pytest.raises(Exception, match="Only confirmed contributors"):
            systems.declare_system(harlow, by=person, **RUNS)


def test_a_product_is_entered_once_however_it_is_spelt(amina, harlow):
    systems.declare_system(harlow, by=amina, **RUNS)

    with pytest.raises(Refused, match="“Roundsman” is on the list already, and waits for your lead") as refused:
        systems.declare_system(harlow, by=amina, product="roundsman ltd", used_for="Rounds")
    assert refused.value.field == "product"


def test_a_product_may_stand_for_two_services(amina, harlow):
    for service in Service.objects.all()[:2]:
        systems.declare_system(harlow, by=amina, product="Roundsman", service=service)

    assert harlow.systems.count() == 2


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"used_for": ""}, "a_system_says_what_it_is_for"),
        ({"product": "!!"}, "a_system_has_a_name"),
        ({"confirmed_by": None}, "a_confirmed_system_says_by_whom"),
    ],
)
def test_the_database_keeps_what_must_be_true(fields, rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        SystemFactory(**fields)


def test_the_database_keeps_a_product_to_one_line(harlow):
    SystemFactory(council=harlow, product="Roundsman")

    with pytest.raises(IntegrityError), transaction.atomic():
        SystemFactory(council=harlow, product="ROUNDSMAN")


def test_once_confirmed_a_contributor_changes_nothing(amina, grace, harlow):
    system = systems.declare_system(harlow, by=amina, **RUNS)
    systems.change_system(system, by=amina, product="Roundsman", used_for="Rounds")
    systems.confirm_system(system, by=grace)

    with pytest.raises(Exception, match="only a lead"):
        systems.change_system(system, by=amina, **RUNS)
    with pytest.raises(Exception, match="only a lead"):
        systems.remove_system(system, by=amina)
    assert systems.change_system(system, by=grace, product="Roundsman", used_for="All rounds").is_confirmed


def test_what_was_removed_meanwhile_is_said(grace, harlow):
    system = SystemFactory(council=harlow, waiting=True)
    systems.remove_system(system, by=grace)

    system.pk = 999_999
    with pytest.raises(Refused, match="no longer on the list"):
        systems.confirm_system(system, by=grace)


def test_what_has_run_out_no_longer_counts_as_run(harlow):
    SystemFactory(council=harlow, until=clock.today())
    SystemFactory(council=harlow, until=clock.today() - dt.timedelta(days=1))
    SystemFactory(council=harlow, waiting=True)

    assert System.objects.standing().count() == 1


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(signed_in, amina, harlow):
    address = "/councils/harlow/systems/new/"

    page = signed_in(amina).post(address, {"product": "Roundsman", "supplier": "Bins & Co"})

    assert page.status_code == 422
    text = page.content.decode()
    assert "Choose a council service, or say in your own words what it is for." in text
    assert 'value="Bins &amp; Co"' in text
    assert not harlow.systems.exists()


def test_a_contributor_proposes_a_lead_confirms_and_everybody_reads_it(signed_in, amina, grace, harlow):
    service = Service.objects.get(name="Household waste collection")
    signed_in(amina).post("/councils/harlow/systems/new/", {"product": "Roundsman", "service": service.pk})
    [system] = harlow.systems.all()
    client = Client()

    for address in ("/councils/harlow/", "/councils/harlow/systems/", "/councils/harlow/systems/?format=csv"):
        assert "Roundsman" not in client.get(address).content.decode(), address
    [line] = [item for item in week_of(grace).waiting if "Roundsman" in item.title]
    assert "Household waste collection" in line.note

    signed_in(grace).post(f"/councils/harlow/systems/{system.pk}/confirm/")

    for address in ("/councils/harlow/", "/councils/harlow/systems/", "/councils/harlow/systems/?format=csv"):
        page = client.get(address).content.decode()
        assert "Roundsman" in page, address
        assert "Household waste collection" in page


def test_the_name_that_others_use_is_offered_and_who_runs_the_same_is_said(signed_in, amina, harlow, luton, surrey):
    SystemFactory(council=luton, product="Roundsman")
    SystemFactory(council=surrey, product="Roundsman 4")
    SystemFactory(council=OrganisationFactory(), product="Roundsman")
    SystemFactory(council=surrey, product="Not confirmed", confirmed_by=None, confirmed_at=None)
    client, new = signed_in(amina), "/councils/harlow/systems/new/"

    page = client.get(new).content.decode()
    assert page.count('<option value="Roundsman"></option>') == 1
    assert "Roundsman 4" not in page
    assert "Not confirmed" not in page
    said = client.post(new, {"product": "roundsman", "used_for": "Bins"}, follow=True).content.decode()
    assert "Surrey run it too." in said
    said = client.post(new, {"product": "Round manager", "used_for": "Bins"}, follow=True).content.decode()
    assert "No other council has entered a product of this name" in said


def test_the_names_of_those_who_said_it_are_shown_to_nobody_outside(signed_in, amina, carlos, harlow):
    systems.declare_system(harlow, by=amina, **RUNS)

    assert str(amina) not in Client().get("/councils/harlow/systems/").content.decode()
    assert str(amina) not in signed_in(carlos).get("/councils/harlow/systems/").content.decode()
    assert str(amina) in signed_in(amina).get("/councils/harlow/systems/").content.decode().partition("<main")[2]


def test_a_system_is_reached_only_by_its_own_councils_address(signed_in, grace, harlow, surrey):
    theirs = SystemFactory(council=surrey)

    assert signed_in(grace).post(f"/councils/harlow/systems/{theirs.pk}/remove/").status_code == 404
    assert signed_in(grace).post(f"/councils/surrey/systems/{theirs.pk}/remove/").status_code in (302, 403)
    assert System.objects.filter(pk=theirs.pk).exists()


def test_a_lead_without_a_second_factor_is_asked_to_set_one_up(harlow):
    person = MembershipFactory(organisation=harlow, role=Membership.Role.LEAD, second_factor=None).person
    person.authenticator_set.all().delete()
    SystemFactory(council=harlow, product="Roundsman", waiting=True)

    [line] = [item for item in week_of(person).waiting if "Roundsman" in item.title]
    assert [action.text for action in line.actions] == ["Set up a second factor to decide"]


def test_the_list_costs_the_same_however_long(client, harlow, django_assert_max_num_queries):
    SystemFactory.create_batch(30, council=harlow)

    with django_assert_max_num_queries(6):
        client.get("/councils/harlow/systems/")
