"""The page of a council beside others, and the page of which councils publish all four figures."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpis.models import ServiceReturn
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = pytest.mark.django_db

ALL_FOUR = {"ratings": 40, "satisfied": 30}


@pytest.fixture
def councils(service):
    """Twelve districts that publish, of which the first is Harlow’s neighbour, and eleven that do not."""
    person = UserFactory()
    more = {"service": service, "returned_by": person}
    published = [ServiceReturnFactory(cost=cost, **more).council for cost in range(300, 1500, 100)]
    for cost in range(2000, 3100, 100):
        ServiceReturnFactory(cost=cost, for_comparison_only=True, **more)
    return published


def address(council, query="quarter=2014-q4"):
    return f"/services/permits-of-old/beside/{council.slug}/?{query}"


def test_a_page_says_median_others_day_and_how_many_are_in_it_unseen(client, councils):
    page = client.get(address(councils[0])).content.decode()

    assert "Median: £17.00, of 22 other districts, as at 1 March 2015." in page
    assert "11 publish theirs and are the dots; 11 for comparison only are in the median alone." in page
    assert "£24.00" not in page


def test_the_services_page_and_the_councils_dashboard_lead_there(client, service, councils):
    councils[0].top_services.create(service=service, position=1)

    there = f"/services/permits-of-old/beside/{councils[0].slug}/"
    assert there in client.get(f"/services/permits-of-old/?council={councils[0].slug}").content.decode()
    assert there in client.get(f"/councils/{councils[0].slug}/indicators/").content.decode()


def test_the_file_says_what_is_published_and_the_medians(client, councils):
    rows = json.loads(client.get(address(councils[0], "quarter=2014-q4&format=json")).content)["rows"]

    costs = [row for row in rows if row["Group"] == "districts" and row["Indicator"] == "Cost per transaction"]
    assert costs[0] | {"Value": 17, "Others in the median": 22, "Of them not shown": 11} == costs[0]
    assert [row["Council"] for row in costs[1:]] == sorted(each.official_name for each in councils[1:])


@pytest.mark.parametrize(
    "query", ["quarter=%00", "quarter=2014-q9", "weigh_type=9", "format=pdf", "quarter=1999-q1", "weigh_region=0"]
)
def test_what_an_address_says_wrongly_breaks_nothing(client, councils, query):
    assert client.get(address(councils[0], query)).status_code == 200
    assert client.get(f"/services/coverage/?{query}&service=nothing").status_code == 200


def test_both_pages_take_as_many_queries_for_many_councils(client, signed_in, service, councils):
    signed_in(MembershipFactory(organisation=councils[0]).person)

    def queries(path):
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(path).status_code == 200
        return len(found)

    paths = [address(councils[0]), "/services/coverage/?quarter=2014-q4"]
    few = [queries(path) for path in paths]
    person = UserFactory()
    rows = [
        ServiceReturnFactory.build(council=each, service=service, returned_by=person, **ALL_FOUR)
        for each in OrganisationFactory.create_batch(60)
    ]
    ServiceReturn.objects.bulk_create(rows)

    assert [queries(path) for path in paths] == few
    assert max(few) <= 12


def test_coverage_counts_councils_that_publish_all_four_by_type_and_region(client, service):
    OrganisationFactory()
    for each in (ALL_FOUR, ALL_FOUR, {}, ALL_FOUR | {"for_comparison_only": True}):
        ServiceReturnFactory(service=service, **each)
    ServiceReturnFactory(service=service, quarter=dt.date(2014, 7, 1), **ALL_FOUR)

    found = client.get("/services/coverage/?quarter=2014-q4")

    assert "2 councils report all four indicators" in found.content.decode()
    assert ["Permits of old", 3, 2] in [[row[0][0], *row[1:]] for row in found.context["service_rows"]]
    file = client.get("/services/coverage/?quarter=2014-q4&service=permits-of-old&format=json").content
    [row] = [row for row in json.loads(file)["rows"] if row["Publish all four"]]
    assert (row["Type"], row["Region"], row["Publish all four"]) == ("District", "East of England", 2)
    assert set(row) == {row[0] for row in client.get("/services/coverage/dictionary/").context["told"].rows}
