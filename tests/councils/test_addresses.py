"""An address suggests a council only when its domain is exactly the council's own. It never gives a right."""

import pytest
from allauth.account.models import EmailAddress

from councils.addresses import domain_of
from councils.models import EmailDomain, Membership
from councils.operations import ask_to_join
from councils.queries import organisations_for, suggested_organisations
from tests.factories.accounts import UserFactory

ATTACKS = [
    "u@evilharlow.gov.uk",
    "u@evil-harlow.gov.uk",
    "u@gov.uk",
    "u@gov.uk.evil.com",
    "u@harlow.gov.uk.evil.com",
    '"u@harlow.gov.uk"@evil.com',
    "u@evil.com,u@harlow.gov.uk",
    "u@harlow.gоv.uk",  # a Cyrillic о
    "u@ｈarlow.gov.uk",
    "u@harlow.gov.uk.",
    "u(c)@harlow.gov.uk",
    "u@harlow.gov.uk\n",
    "u@harlow.gov.uk@evil.com",
    "u@@harlow.gov.uk",
    "@harlow.gov.uk",
    "u@",
    "u harlow.gov.uk",
    "u@[harlow.gov.uk]",
    "",
    "u@schools.harlow.gov.uk",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ATTACKS)
def test_no_trick_in_an_address_suggests_the_council(address, harlow):
    assert EmailDomain.objects.filter(domain="harlow.gov.uk", organisation=harlow).exists()

    assert harlow not in organisations_for(domain_of(address))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["u@harlow.gov.uk", "u@HARLOW.GOV.UK", "first.last+tag@Harlow.gov.uk"])
def test_the_councils_own_domain_suggests_it_in_any_case(address, harlow):
    assert organisations_for(domain_of(address)) == [harlow]


@pytest.mark.django_db
def test_a_subdomain_counts_only_where_it_was_declared(harlow):
    EmailDomain.objects.filter(organisation=harlow).update(includes_subdomains=True)

    assert organisations_for("schools.harlow.gov.uk") == [harlow]
    assert organisations_for("evilharlow.gov.uk") == []


@pytest.mark.django_db
def test_a_verified_address_suggests_its_council_and_asks_for_nothing(harlow):
    person = UserFactory(email="new@harlow.gov.uk")

    assert suggested_organisations(person) == [(harlow, "harlow.gov.uk")]
    assert not person.memberships.exists()


@pytest.mark.django_db
def test_an_address_that_is_not_verified_suggests_nothing():
    person = UserFactory(email="new@harlow.gov.uk")
    EmailAddress.objects.filter(user=person).update(verified=False)

    assert suggested_organisations(person) == []


@pytest.mark.django_db
def test_a_domain_that_councils_share_leaves_the_choice_to_the_person(harlow, luton):
    EmailDomain.objects.create(domain="harlow.gov.uk", organisation=luton)

    assert suggested_organisations(UserFactory(email="new@harlow.gov.uk")) == []


@pytest.mark.django_db
def test_a_domain_that_outlived_its_council_suggests_the_successor():
    assert [o.slug for o in organisations_for("northyorks.gov.uk")] == ["north-yorkshire"]


@pytest.mark.django_db
def test_somebody_who_has_asked_for_or_had_a_place_is_not_suggested_it_again(harlow):
    person = UserFactory(email="new@harlow.gov.uk")
    membership = ask_to_join(harlow, by=person)

    for state in Membership.State.values:
        Membership.objects.filter(pk=membership.pk).update(state=state)
        assert suggested_organisations(person) == []
