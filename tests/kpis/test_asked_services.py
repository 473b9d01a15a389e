"""A council is asked for the services of its list that councils of its kind provide, in every place alike."""

import datetime as dt

import pytest

from core import clock
from councils.kinds import Kind, Tier, provides
from councils.models import Organisation, Service
from kpis.indicators.due import councils_asked_for_nothing, due_figures
from kpis.indicators.emails import figures_due
from kpis.indicators.nudging import ask_for_figures
from kpis.indicators.queries import asked_services, measured_of_top, returned_last
from kpis.models import TopService
from outbox.models import Message
from tests.factories.councils import OrganisationFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("mail_at_any_time")]

SPRING, SUMMER = dt.date(2026, 4, 1), dt.date(2026, 7, 1)
IN_OCTOBER = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def provided_no_more(council, services):
    """The first service of the list of a district, which the directory now says only counties provide."""
    Service.objects.filter(pk=services[0].pk).update(providing_tier=Tier.COUNTY)
    return services[0]


@pytest.fixture
def in_october():
    with clock.at(IN_OCTOBER):
        yield


def page(desk, council, of=""):
    return desk.get(f"/councils/{council.slug}/indicators/{of}").content.decode()


@pytest.mark.parametrize("of", ["", "return/", "template.csv"])
def test_no_page_asks_for_a_service_that_it_provides_no_more(desk, council, services, provided_no_more, of, in_october):
    said = page(desk, council, of)

    assert services[1].name in said or services[1].slug in said
    assert provided_no_more.name not in said
    assert provided_no_more.slug not in said


def test_once_the_others_are_in_nothing_is_due_and_nobody_is_asked(
    desk, council, services, officer, provided_no_more, in_october
):
    assert [(each.measured, each.of) for each in due_figures([council])] == [(0, 1)]
    assert figures_due(council, officer, quarter="2026-07-01").context["measured"] == "0 of the top 1 service measured"
    ServiceReturnFactory(council=council, service=services[1], quarter=SUMMER)

    assert due_figures([council]) == []
    ask_for_figures()
    assert not Message.objects.filter(kind="kpis.figures_due").exists()
    assert measured_of_top(council, officer) == (1, 1)
    assert "1 of its top 1 service is measured" in page(desk, council)
    assert "1 of its top 1 service is measured" in desk.get(council.get_absolute_url()).content.decode()
    assert "are due" not in page(desk, council)


def test_a_list_of_nothing_that_it_provides_is_none(desk, council, services, officer, in_october):
    Service.objects.filter(pk__in=[each.pk for each in services]).update(providing_tier=Tier.COUNTY)

    assert councils_asked_for_nothing().filter(pk=council.pk).exists()
    assert "Choose your largest services first" in page(desk, council, "return/")
    assert "No services chosen yet" in page(desk, council)
    for service, quarter in ((services[0], SPRING), (allotments := ServiceFactory(name="Allotments"), SPRING)):
        ServiceReturnFactory(council=council, service=service, quarter=quarter)
    assert [(each.of, each.has_list) for each in due_figures([council])] == [(1, False)]
    assert returned_last(council) == [allotments]


def test_the_dashboard_says_what_is_due_as_the_front_page_does(desk, council, services, in_october):
    ServiceReturnFactory(council=council, service=services[0], quarter=SUMMER)

    said = page(desk, council)

    assert "1 of the top 2 services measured" in desk.get("/").content.decode()
    assert "Figures for July to September 2026 are due by 30 October 2026: 1 of the top 2 services measured." in said


def test_the_dashboard_presses_nobody_for_what_changes_no_comparison_any_more(desk, council, services):
    with clock.at(dt.datetime(2026, 12, 20, 12, tzinfo=dt.UTC)):
        assert "due by" not in page(desk, council)


def test_what_is_asked_of_each_kind_is_what_that_kind_provides():
    councils = [OrganisationFactory(kind=kind) for kind in (Kind.DISTRICT, Kind.COUNTY, Kind.LONDON, Kind.SCOTTISH)]
    services = [ServiceFactory(providing_tier=tier) for tier in Tier.values]
    for council in councils:
        TopService.objects.bulk_create(
            TopService(council=council, service=service, position=place) for place, service in enumerate(services, 1)
        )

    asked = set(asked_services().values_list("council", "service"))

    assert asked == {
        (council.pk, service.pk)
        for council in Organisation.objects.filter(pk__in=[each.pk for each in councils])
        for service in services
        if provides(council.kind, service.providing_tier)
    }
