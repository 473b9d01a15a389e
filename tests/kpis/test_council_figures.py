"""What a council's profile says of its services: how many are measured, and the figures of the largest."""

import pytest

from kpis.indicators.operations import choose_top_services
from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def harlow():
    council = OrganisationFactory()
    services = [ServiceFactory(name=f"Permits of kind {place}") for place in range(1, 6)]
    choose_top_services(council, by=MembershipFactory(organisation=council).person, services=services)
    for each in services[1:]:
        ServiceReturnFactory(council=council, service=each, is_illustrative=True)
    return council


def panel_of(client, council):
    page = client.get(council.get_absolute_url()).content.decode()
    return page.split('id="services-in-figures"')[1].split("</section>")[0]


def test_it_says_how_many_are_measured_and_shows_the_first_three_with_day_source_and_origin(client, harlow):
    said = panel_of(client, harlow)

    assert "4 of its top 5 services are measured" in said
    assert "Digital take-up <strong>80.0%</strong>" in said
    assert "User satisfaction" not in said  # not collected
    assert [f"kind {place}<" in said for place in range(1, 6)] == [False, True, True, True, False]
    for words in ("As at 31 December 2014.", "the council’s own returns", "Illustrative"):
        assert words in said


def test_what_is_for_comparison_only_stands_there_for_its_own_people_alone(client, signed_in, harlow):
    harlow.service_returns.update(for_comparison_only=True)

    assert "measured" not in panel_of(client, harlow)
    signed_in(MembershipFactory(organisation=harlow, role="reader").person)
    assert "For comparison only." in panel_of(client, harlow)


def test_the_profile_asks_one_query_for_them(client, asked, harlow):
    with asked() as found:
        client.get(harlow.get_absolute_url())

    assert sum("kpis_servicereturn" in each for each in found) == 1
