import pytest

from kpis.indicators.operations import choose_top_services
from tests.factories.councils import MembershipFactory, ServiceFactory


@pytest.fixture
def service():
    return ServiceFactory(name="Permits of old", slug="permits-of-old")


@pytest.fixture
def officer():
    return MembershipFactory().person


@pytest.fixture
def council(officer):
    return officer.memberships.get().organisation


@pytest.fixture
def services(council, officer):
    services = [ServiceFactory(name="Parking permits of old"), ServiceFactory(name="Bins of old")]
    choose_top_services(council, by=officer, services=services)
    return services


@pytest.fixture
def desk(client, signed_in, officer):
    return signed_in(officer)
