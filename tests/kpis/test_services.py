"""The page of a service: its four figures for a council or all of them, and everything else about it."""

import datetime as dt
import json

import pytest

from councils.kinds import Tier
from kpis.volumes.models import ServiceArea
from publishing.operations import withdraw_case_study
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study

pytestmark = pytest.mark.django_db


def page_of(client, **asked):
    return client.get("/services/permits-of-old/", asked).content.decode()


def tiles_of(client, **asked):
    return {tile.name: tile for tile in client.get("/services/permits-of-old/", asked).context["tiles"]}


def test_a_council_has_four_tiles_with_their_numbers_and_what_was_a_year_before(client, service):
    harlow = OrganisationFactory()
    ServiceReturnFactory(council=harlow, service=service, completed_web=1000, started_web=2000, completed=1850)
    ServiceReturnFactory(
        council=harlow, service=service, quarter=dt.date(2013, 10, 1), completed_web=36, completed=100, started_web=90
    )

    tiles = tiles_of(client, council=harlow.slug)

    assert tiles["Completion rate"].number == "50.0%"
    assert "1,000 finished of 2,000 begun" in tiles["Completion rate"].note
    assert tiles["User satisfaction"].number == "Not collected"
    assert tiles["Digital take-up"].number == "54.1%"
    assert "36.0% a year before" in tiles["Digital take-up"].note


def test_all_councils_are_sums_of_what_is_published_and_has_both_numbers(client, service):
    ServiceReturnFactory(service=service, completed=10, completed_web=5)
    ServiceReturnFactory(service=service, completed=30, completed_web=3)
    ServiceReturnFactory(service=service, completed=90, completed_web=None)
    ServiceReturnFactory(service=service, completed=10, completed_web=10, for_comparison_only=True)
    ServiceReturnFactory(
        service=service, completed=7, replaced_at=dt.datetime(2015, 2, 1, tzinfo=dt.UTC), completed_web=7
    )

    take_up = tiles_of(client)["Digital take-up"]

    assert take_up.number == "20.0%"
    assert "8 on the web of 40 finished" in take_up.note
    assert "Of 2 of 3 councils." in take_up.note


def test_what_is_for_comparison_only_is_seen_by_the_councils_own_people_alone(client, signed_in, service):
    one = ServiceReturnFactory(service=service, for_comparison_only=True, completed=1234)
    asked = {"council": one.council.slug}
    without = page_of(client, **asked)

    assert "1,234" not in without
    assert one.council.name not in page_of(client)
    signed_in(MembershipFactory().person)
    assert "1,234" not in page_of(client, **asked)
    signed_in(MembershipFactory(organisation=one.council, role="reader").person)
    assert "1,234" in page_of(client, **asked)
    assert "1234" not in page_of(client, format="csv", **asked)


def test_the_page_says_of_which_quarter_its_figures_and_its_comparison_are_and_why_they_differ(client, service):
    one = ServiceReturnFactory(service=service, quarter=dt.date(2014, 7, 1))
    ServiceReturnFactory.create_batch(11, service=service, quarter=one.quarter, council__kind=one.council_kind)
    asked = {"council": one.council.slug}
    same = page_of(client, **asked)
    ServiceReturnFactory(service=service, council=one.council)

    other = page_of(client, **asked)

    assert '<h2 class="heading-m">July to September 2014</h2>' in same
    assert "The four figures above are of" not in same
    assert '<h2 class="heading-m">October to December 2014</h2>' in other
    assert "Digital take-up, July to September 2014</h3>" in other
    assert "The four figures above are of October to December 2014. Fewer than ten councils publish theirs" in other


def test_the_quarters_go_out_as_csv_and_json(client, service):
    one = ServiceReturnFactory(service=service)

    rows = json.loads(page_of(client, council=one.council.slug, format="json"))["rows"]
    [row] = rows
    assert (row["Quarter"], row["Digital take-up"], row["User satisfaction"]) == ("2014-q4", 80.0, None)
    assert "2014-q4,2014-12-31,4.00,400" in page_of(client, format="csv")


def test_everything_about_a_service_stands_on_its_page(client, service):
    need, project = NeedFactory(service=service), ProjectFactory(service=service)
    asset = AssetFactory()
    asset.services.add(service)

    page = page_of(client)

    for record in (need.title, project.title, asset.name):
        assert record in page
    assert "Write the first" in page


def test_a_withdrawn_case_study_is_not_told_on_the_page_of_its_service(client, service, edith):
    study = publish_case_study(OrganisationFactory(), title="Too good", service=service)
    assert "Too good" in page_of(client)

    withdraw_case_study(study, by=edith, reason="Wrong.")

    assert "Too good" not in page_of(client)


@pytest.mark.parametrize("asked", ["?council=nowhere", "?council=%00", "?council=" + "x" * 500, "?format=pdf"])
def test_what_an_address_says_wrongly_breaks_nothing(client, service, asked):
    assert client.get(f"/services/permits-of-old/{asked}").status_code in (200, 400)


def test_the_list_says_how_many_councils_publish(client, service):
    ServiceReturnFactory.create_batch(2, service=service)
    ServiceReturnFactory(service=service, for_comparison_only=True)

    page = client.get("/services/?q=permits+of+old").content.decode()

    assert "Permits of old" in page
    assert "2 councils publish figures" in page
    assert "No figures published yet" in client.get("/services/").content.decode()


def test_the_list_is_narrowed_by_name_area_and_who_provides_it_and_goes_out_as_a_file(client, service):
    other = ServiceFactory(name="Roads of old", providing_tier=Tier.COUNTY)
    area = ServiceArea.objects.create(name="Ways", slug="ways")
    area.services.add(other)

    def found(query):
        return [line.title for line in client.get(f"/services/?{query}").context["found"].lines]

    assert found("q=of+old") == ["Permits of old", "Roads of old"]
    assert found("area=ways") == ["Roads of old"]
    assert found("q=of+old&tier=county") == ["Roads of old"]
    ServiceReturnFactory(service=other)
    assert found("q=of+old&sort=figures") == ["Roads of old", "Permits of old"]
    assert "No service matches" in client.get("/services/?q=moon").content.decode()
    rows = client.get("/services/?q=of+old&format=json").json()["rows"]
    assert [(row["Service"], row["Areas"], row["Councils that publish"]) for row in rows] == [
        ("Permits of old", None, 0),
        ("Roads of old", "Ways", 1),
    ]


def test_the_list_takes_as_many_queries_for_many_services(client, service, django_assert_max_num_queries):
    ServiceFactory.create_batch(30)

    with django_assert_max_num_queries(12):
        client.get("/services/?q=service")
