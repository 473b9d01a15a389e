"""What stands for all councils on the page of a service: which quarter, compared over whom, with which base."""

import datetime as dt
import json

import pytest

from councils.kinds import Kind, Tier, provides
from councils.queries import counts_by_kind
from kpis.indicators.operations import choose_top_services
from kpis.services.queries import services_with_councils
from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = pytest.mark.django_db
YEAR_BEFORE, BEFORE, NOW, LATER = (dt.date(2013, 10, 1), dt.date(2014, 7, 1), dt.date(2014, 10, 1), dt.date(2015, 1, 1))


@pytest.fixture
def service():
    return ServiceFactory(name="Permits of old", slug="permits-of-old", providing_tier=Tier.LOWER)


@pytest.fixture
def councils():
    return OrganisationFactory.create_batch(6, kind=Kind.DISTRICT)


def page_of(client, **asked):
    return client.get("/services/permits-of-old/", asked)


def take_up_of(client, **asked):
    return next(tile for tile in page_of(client, **asked).context["tiles"] if tile.key == "take-up")


def returned(service, councils, quarter, web, **more):
    for each in councils:
        ServiceReturnFactory(
            service=service, council=each, quarter=quarter, completed=100, completed_web=web, started_web=200, **more
        )


def rows_of(client, **asked):
    return json.loads(page_of(client, format="json", **asked).content)["rows"]


def test_the_latest_quarter_that_half_as_many_published_as_the_fullest_stands_for_all_if_ten_did(client, service):
    councils = OrganisationFactory.create_batch(18, kind=Kind.DISTRICT)
    returned(service, councils, NOW, web=40)
    returned(service, councils[:9], LATER, web=90)
    early = page_of(client)
    returned(service, councils[9:10], LATER, web=90)

    assert take_up_of(client).number == "90.0%"
    assert "All councils, October to December 2014: 18 councils publish figures" in early.context["lede"]
    assert "Fewer have published since: 9 councils for January to March 2015." in early.context["lede"]


def test_of_a_few_councils_one_alone_stands_for_all_only_where_there_never_were_more(client, service, councils):
    returned(service, councils[:2], NOW, web=40)
    returned(service, councils[:1], LATER, web=90)
    early = take_up_of(client)
    returned(service, councils[1:2], LATER, web=90)

    assert early.number == "40.0%"
    assert take_up_of(client).number == "90.0%"


def test_what_was_fuller_more_than_a_year_ago_is_no_measure_of_today(client, service):
    councils = OrganisationFactory.create_batch(30, kind=Kind.DISTRICT)
    returned(service, councils, dt.date(2013, 7, 1), web=40)
    for quarter in (dt.date(2014, 1, 1), dt.date(2014, 4, 1), dt.date(2014, 7, 1), NOW, LATER):
        returned(service, councils[:11], quarter, web=90)

    assert "All councils, January to March 2015: 11 councils publish figures" in page_of(client).context["lede"]


def test_the_base_is_printed_one_council_alone_too(client, service, councils):
    returned(service, councils[:1], NOW, web=40)

    said = page_of(client).context["lede"]
    coverage = client.get("/services/coverage/", {"service": service.slug, "quarter": "2014-q4"}).context["share"]
    counts = counts_by_kind(dt.date(2014, 12, 31))
    base = sum(counts[kind] for kind in counts if provides(kind, Tier.LOWER))

    assert f"1 council publishes figures; {base} councils provide it." in said
    assert coverage.base == base
    assert "Of 1 council." in take_up_of(client).note


def test_a_year_before_is_compared_over_the_councils_that_are_in_both(client, service, councils):
    returned(service, councils[:2], YEAR_BEFORE, web=30)
    returned(service, councils[2:3], YEAR_BEFORE, web=99)  # and nothing since
    returned(service, councils[:2], NOW, web=50)
    returned(service, councils[3:], NOW, web=10)

    tile = take_up_of(client)

    assert tile.number == "26.0%"
    assert "Of 5 councils." in tile.note
    assert "30.0% a year before, 50.0% now: the same 2 councils." in tile.note


def test_the_trend_is_drawn_over_the_councils_with_figures_of_all_its_quarters(client, service, councils):
    for quarter, web in ((YEAR_BEFORE, 30), (BEFORE, 40), (NOW, 50)):
        returned(service, councils[:3], quarter, web=web)
    returned(service, councils[3:], NOW, web=1)

    chart = take_up_of(client).chart

    assert [row[1] for row in chart.rows] == ["30.0%", "40.0%", "50.0%"]
    assert "3 councils with figures of all these quarters" in chart.title
    assert chart.description.startswith("From Oct to Dec 2013, 30.0%, to Oct to Dec 2014, 50.0%.")


def test_sums_are_flagged_as_the_figures_of_one_council_are(client, service, councils):
    returned(service, councils[:2], BEFORE, web=80)
    returned(service, councils[:3], NOW, web=50, ratings=5, satisfied=5)
    ServiceReturnFactory(
        service=service, council=councils[4], quarter=NOW, started_web=1, completed_web=800, completed=800
    )

    flags = page_of(client).context["flags"]

    assert "over 2 councils in both" in flags["take-up"]
    assert flags["completion"].startswith("Over 100%")
    assert flags["satisfaction"].startswith("Only 15 ratings")


def test_a_sum_with_made_up_figures_in_it_says_so_on_the_page_and_in_files(client, service, councils):
    returned(service, councils[:2], BEFORE, web=80, is_illustrative=True)
    returned(service, councils[:1], NOW, web=50, is_illustrative=True)
    returned(service, councils[1:3], NOW, web=50)

    page = page_of(client).content.decode()

    assert page.count("1 of 3 illustrative") == 2  # below the tiles, and in its row
    assert "made up to show how the portal works" in page
    assert [row["Illustrative"] for row in rows_of(client)] == ["in part", "yes"]
    assert [row["Councils that publish"] for row in rows_of(client)] == [3, 2]


def test_both_pages_count_a_service_as_measured_where_its_latest_return_makes_one_of_the_four(client, councils):
    harlow = councils[0]
    officer = MembershipFactory(organisation=harlow).person
    fine, empty, late, none = services = ServiceFactory.create_batch(4)
    choose_top_services(harlow, by=officer, services=services)
    nothing = {"cost": None, "completed": None, "completed_web": None, "started_web": None}
    ServiceReturnFactory(council=harlow, service=fine)
    ServiceReturnFactory(council=harlow, service=empty, **nothing, reason="Nobody counted")
    ServiceReturnFactory(council=harlow, service=late, quarter=BEFORE)
    ServiceReturnFactory(council=harlow, service=late, quarter=NOW, **nothing, reason="The counter broke")

    said = client.get(f"/councils/{harlow.slug}/indicators/").context["lede"]
    listed = {each.pk: each.measured for each in services_with_councils()}

    assert said == "Figures of 1 of its top 4 services are published, each by its latest return."
    assert (
        "Figures of 1 of its top 4 services are published."
        in client.get(f"/services/{fine.slug}/?council={harlow.slug}").context["lede"]
    )
    assert "No council has published" in client.get(f"/services/{empty.slug}/").context["lede"]
    assert [listed[each.pk] for each in (fine, empty, late, none)] == [1, 0, 1, 0]
