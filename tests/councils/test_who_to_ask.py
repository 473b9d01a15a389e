"""A profile names people to ask only with their consent, only to readers who are signed in, and never an address."""

import json

import pytest

from accounts.personal_data import report
from core.errors import Refused
from councils.models import Enquiry, Membership
from councils.operations import ask_again_for_places_given_by_hand, end_membership, put_name_down, take_name_off
from tests.factories.councils import MembershipFactory
from tests.factories.projects import NeedFactory

pytestmark = pytest.mark.django_db


def place_of(person) -> Membership:
    return person.memberships.get()


def who_to_ask(page: str) -> str:
    """The section, down to the next."""
    return page.partition('id="who-to-ask"')[2].partition("</section>")[0]


def profile(client) -> str:
    return client.get("/councils/harlow/").content.decode()


def test_nobody_is_named_until_they_tick_it(signed_in, amina, carlos, grace, harlow):
    reader = signed_in(carlos)
    assert "Nobody has put their name down yet" in who_to_ask(profile(reader))

    own = signed_in(amina)
    assert "I may be asked about what Harlow does, by name" in profile(own)
    own.post(f"/councils/harlow/members/{place_of(amina).pk}/may-be-asked/", {"may_be_asked": "on"})

    shown = who_to_ask(profile(signed_in(carlos)))
    assert "Amina Shah" in shown
    assert "Ask Amina" in shown
    assert amina.email not in shown
    assert "Grace" not in shown

    signed_in(amina).post(f"/councils/harlow/members/{place_of(amina).pk}/may-be-asked/", {})
    assert "Amina" not in who_to_ask(profile(signed_in(carlos)))


def test_a_stranger_reads_how_many_and_no_name(client, amina, grace, harlow):
    put_name_down(place_of(amina), by=amina)

    shown = who_to_ask(profile(client))

    assert "1 person at Harlow has agreed to be asked by name" in shown
    assert "Amina" not in shown


def test_whoever_agreed_is_asked_through_the_portal(signed_in, amina, carlos, harlow):
    put_name_down(place_of(amina), by=amina)
    address = f"/councils/harlow/ask/{place_of(amina).pk}/"
    reader = signed_in(carlos)
    assert amina.email not in reader.get(address).content.decode()

    reader.post(address, {"words": "How did residents take to the texts?"})

    assert Enquiry.objects.get().person == amina


def test_whoever_did_not_agree_has_no_such_page(signed_in, client, amina, carlos, harlow, surrey):
    place = place_of(amina)
    for state, agreed in (("confirmed", False), ("candidate", True), ("ended", True)):
        Membership.objects.filter(pk=place.pk).update(state=state, may_be_asked=agreed)
        assert signed_in(carlos).get(f"/councils/harlow/ask/{place.pk}/").status_code == 404
    Membership.objects.filter(pk=place.pk).update(state="confirmed", may_be_asked=True)
    assert signed_in(carlos).get(f"/councils/surrey/ask/{place.pk}/").status_code == 404


def test_nobody_answers_for_somebody_else(signed_in, amina, grace, ben, harlow):
    place = place_of(amina)

    assert signed_in(grace).post(f"/councils/harlow/members/{place.pk}/may-be-asked/").status_code == 404
    assert signed_in(grace).get(f"/councils/harlow/members/{place.pk}/may-be-asked/").status_code == 405
    candidate = MembershipFactory(person=ben, organisation=harlow, state=Membership.State.CANDIDATE)
    with pytest.raises(Refused):
        put_name_down(candidate, by=ben)


def test_the_consent_ends_with_the_place_and_with_the_trust_in_it(amina, carlos, harlow):
    for person in (amina, carlos):
        put_name_down(place_of(person), by=person)

    end_membership(place_of(amina), by=amina)
    ask_again_for_places_given_by_hand(carlos)

    assert not place_of(amina).may_be_asked
    assert not place_of(carlos).may_be_asked
    assert place_of(carlos).state == Membership.State.CANDIDATE


def test_the_consent_stands_in_what_we_hold_about_a_person(amina):
    put_name_down(place_of(amina), by=amina)
    assert '"may be asked": true' in json.dumps(report(amina), default=str)
    take_name_off(place_of(amina), by=amina)
    assert not place_of(amina).may_be_asked


def main_action(page: str) -> str:
    return page.partition('data-main-action="yes"')[2].partition("</a>")[0].partition(">")[2].strip()


def test_the_main_action_is_what_the_reader_most_likely_came_for(client, signed_in, ben, carlos, harlow, amina):
    assert main_action(profile(client)) == "Ask Harlow"
    assert main_action(profile(signed_in(carlos))) == "Ask Harlow"
    assert main_action(profile(signed_in(ben))) == "Ask to join"
    assert main_action(profile(signed_in(amina))) == "Write a case study"


def test_a_profile_says_whom_to_ask_and_who_is_like_it_before_what_it_contributed(client, amina, harlow):
    NeedFactory(council=harlow)

    page = profile(client)

    parts = ("lda-in-figures", "data-main-action", 'id="who-to-ask"', 'id="alike"', 'id="raised"')
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_where_nobody_acts_for_a_council_nobody_is_asked(client, harlow):
    page = profile(client)

    assert "Nobody acts for Harlow here yet" in who_to_ask(page)
    assert main_action(page) == "Ask to join"
    assert "Ask Harlow" not in page


def test_an_ended_council_names_its_successor_to_ask(client):
    page = client.get("/councils/dorset-county/").content.decode()

    assert "Nobody: it has ended" in who_to_ask(page)
    assert "data-main-action" not in page
