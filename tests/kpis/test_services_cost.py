"""A service of the top 20 and a dashboard are shown with at most 12 statements, as many for ten times the rows."""

import datetime as dt

import pytest
from django.core.cache import cache

from core.months import months_after
from councils.models import Service
from kpis.models import ServiceReturn, TopService
from kpis.volumes.operations import import_top20
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory, ServiceFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory, ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
FIRST = dt.date(2012, 1, 1)


@pytest.fixture
def permits():
    import_top20()
    return Service.objects.get(slug="parking-permits")


def fill(permits, councils, services, quarters):
    """Returns of all these councils and services in so many quarters, and records of every kind about one service."""
    officer = UserFactory()
    places = OrganisationFactory.create_batch(councils)
    chosen = [permits, *ServiceFactory.create_batch(services - 1)]
    TopService.objects.bulk_create(
        TopService(council=council, service=each, position=place)
        for council in places
        for place, each in enumerate(chosen, 1)
    )
    ServiceReturn.objects.bulk_create(
        ServiceReturn(
            council=council, council_kind=council.kind, service=each, quarter=months_after(FIRST, 3 * place),
            returned_by=officer,
            cost=400, completed=100, completed_web=80, started_web=160, ratings=40, satisfied=30,
        )
        for council in places
        for each in chosen
        for place in range(quarters)
    )  # fmt: skip
    for _ in range(quarters):
        NeedFactory(service=permits)
        ProjectFactory(service=permits)
        EventFactory().services.add(permits)
        AssetFactory().services.add(permits)
    return places[0]


@pytest.mark.parametrize(
    "address", ["/services/parking-permits/?council={}", "/services/parking-permits/", "/councils/{}/indicators/"]
)
def test_a_page_asks_at_most_12_and_as_often_for_ten_times_the_rows(client, asked, permits, address):
    def statements(council):
        where = address.format(council.slug)
        client.get(where)  # what is built once
        cache.clear()
        with asked() as found:
            assert client.get(where).status_code == 200
        return len(found)

    few = statements(fill(permits, councils=5, services=2, quarters=2))
    many = statements(fill(permits, councils=10, services=5, quarters=4))

    assert few == many <= 12
