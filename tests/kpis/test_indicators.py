"""What a council returns of a service: read as one, kept as versions, worked out as four indicators."""

import datetime as dt
import importlib
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from councils.kinds import Kind, Tier
from councils.models import Service
from kpis.indicators.operations import choose_top_services, return_services
from kpis.indicators.quarters import quarter_before, quarter_in_words, quarter_key, quarter_of, quarter_read
from kpis.indicators.queries import usual_costs
from kpis.indicators.reading import FiguresRefused
from kpis.indicators.worked_out import (
    COMPLETION,
    COST,
    INDICATORS,
    SATISFACTION,
    UsualCost,
    flags,
    numbers_of,
    usual_cost,
)
from kpis.models import ServiceReturn, TopService
from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = pytest.mark.django_db

PERMITS = {
    "service": "parking-permits",
    "quarter": "2014-q4",
    "cost": "£7,622",
    "completed": "1,850",
    "completed_web": "1000",
    "started_web": "2000",
}


@pytest.fixture
def officer():
    return MembershipFactory().person


@pytest.fixture
def council(officer):
    return officer.memberships.get().organisation


def returned(council, officer, *rows, **more):
    return return_services(council, list(enumerate(rows, 2)), by=officer, **more)


def faults_of(council, officer, *rows):
    with pytest.raises(FiguresRefused) as refusal:
        returned(council, officer, *rows)
    assert not ServiceReturn.objects.exists()
    return {(fault.row, fault.column): fault.sentence for fault in refusal.value.faults}


def test_the_four_indicators_are_worked_out_and_what_was_not_collected_is_never_0(council, officer):
    returned(council, officer, PERMITS)

    numbers = numbers_of(ServiceReturn.objects.get())

    said = [each.said(each.figure(numbers)) for each in INDICATORS]
    assert said == ["£4.12", "Not collected", "50.0%", "54.1%"]
    assert COMPLETION.said(COMPLETION.figure({"completed_web": 11, "started_web": 10})) == "110.0%"
    assert COMPLETION.sentence(numbers) == "1,000 finished of 2,000 begun"
    assert COST.workings(numbers) == "£7,622 / 1,850"
    assert SATISFACTION.said(SATISFACTION.figure({"ratings": 4, "satisfied": 0})) == "0%"
    assert SATISFACTION.figure({"ratings": 0, "satisfied": 0}) is None


def test_all_four_channels_are_their_sum_where_it_is_left_out_and_must_agree_where_not(council, officer):
    channels = {"completed_web": "5", "completed_phone": "3", "completed_face_to_face": "2", "completed_post": "0"}
    row = {"service": "474", "quarter": "Q4 2014", **channels}

    assert list(faults_of(council, officer, row | {"completed": "11"})) == [(2, "completed")]
    returned(council, officer, row)

    assert ServiceReturn.objects.get().completed == 10


@pytest.mark.parametrize(
    ("wrong", "column", "words"),
    [
        ({"completed": "1000", "completed_web": "1340"}, "completed_web", "134%"),
        ({"completed": "-5"}, "completed", "below 0"),
        ({"completed": "1,2oo"}, "completed", "in figures"),
        ({"completed": "1,85"}, "completed", "in figures"),
        ({"cost": "£1.2m"}, "cost", "1,200,000 and not 1.2m"),
        ({"completed_web": "134%"}, "completed_web", "not a percentage"),
        ({"completed": "1.5"}, "completed", "whole number"),
        ({"cost": "=1+1"}, "cost", "formula"),
        ({"completed": "٣"}, "completed", "in figures"),
        ({"completed": "1000000001"}, "completed", "too large"),
        ({"completed": "9" * 20}, "completed", "too large"),
        ({"quarter": "2014-11-01"}, "quarter", "2014-q4"),
        ({"quarter": "2099-q4"}, "quarter", "not over"),
        ({"service": "Moon landings"}, "service", "No service"),
        ({"ratings": "10"}, "satisfied", "Give this too"),
        ({"ratings": "10", "satisfied": "11"}, "satisfied", "more than the 10"),
        ({"reason": "=HYPERLINK(1)"}, "reason", "formula"),
        ({"for_comparison_only": "maybe"}, "for_comparison_only", "yes or no"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_half_saved(council, officer, wrong, column, words):
    right = PERMITS | {"quarter": "2014-q3"}

    found = faults_of(council, officer, right, PERMITS | wrong)

    assert words in found[3, column]


def test_a_quarter_that_runs_is_not_returned_on_its_last_day(council, officer):
    with clock.at(dt.datetime(2014, 12, 31, 23)):
        assert "not over" in faults_of(council, officer, PERMITS)[2, "quarter"]
    with clock.at(dt.datetime(2015, 1, 1, 9)):
        assert returned(council, officer, PERMITS) == 1


def test_a_district_returns_no_service_of_counties_and_no_quarter_comes_twice(council, officer):
    county = ServiceFactory(providing_tier=Tier.UPPER)

    found = faults_of(council, officer, PERMITS | {"service": county.slug}, PERMITS, PERMITS)

    assert "do not provide it" in found[2, "service"]
    assert "row 3 too" in found[4, "quarter"]


def test_what_was_returned_of_a_service_is_corrected_once_the_council_provides_it_no_more(council, officer):
    returned(council, officer, PERMITS)
    Service.objects.filter(slug=PERMITS["service"]).update(providing_tier=Tier.COUNTY)  # the council is a district

    corrected = returned(council, officer, PERMITS | {"completed": "1840", "reason": "Counted anew"})

    assert corrected == 1
    assert ServiceReturn.objects.get(replaced_at=None).completed == 1840
    with pytest.raises(FiguresRefused) as refusal:
        returned(council, officer, PERMITS | {"quarter": "2014-q3"})
    said = "Districts do not provide it: counties do. What was returned before can be corrected."
    assert [fault.sentence for fault in refusal.value.faults] == [said]


def test_a_correction_is_a_version_with_a_reason_and_the_same_numbers_again_are_none(council, officer):
    returned(council, officer, PERMITS)
    changed = PERMITS | {"completed_web": "1001"}

    assert returned(council, officer, PERMITS) == 0
    with pytest.raises(FiguresRefused, match="Nothing was saved"):
        returned(council, officer, changed)
    assert returned(council, officer, changed | {"reason": "A form came late"}) == 1

    new, old = ServiceReturn.objects.all()
    assert (new.version, new.reason, new.returned_by, new.replaced_at) == (2, "A form came late", officer, None)
    assert (old.version, old.completed_web, old.replaced_at is None) == (1, 1000, False)


def test_only_contributors_of_the_council_return_its_figures(council):
    with pytest.raises(PermissionDenied):
        returned(council, MembershipFactory().person, PERMITS)
    with pytest.raises(PermissionDenied):
        returned(council, MembershipFactory(organisation=council, role="reader").person, PERMITS)


def test_rows_without_numbers_say_nothing(council, officer):
    empty = {"service": "parking-permits", "quarter": "2014-q3"}

    assert returned(council, officer, empty, PERMITS) == 1
    with pytest.raises(Refused, match="No row has a number"):
        returned(council, officer, empty)


def test_flags_say_what_to_know_of_an_indicator():
    ten, nine = UsualCost(Decimal(4), 10), UsualCost(Decimal(4), 9)

    assert "Over 100%" in flags({"completed_web": 11, "started_web": 10})["completion"]
    assert "29 ratings" in flags({"ratings": 29, "satisfied": 1})["satisfaction"]
    assert not flags({"ratings": 30, "satisfied": 1})
    assert "more than three times" in flags({"cost": Decimal(121), "completed": 10}, usual=ten)["cost"].lower()
    assert not flags({"cost": Decimal(120), "completed": 10}, usual=ten)
    assert not flags({"cost": Decimal(121), "completed": 10}, usual=nine)
    before = {"completed_web": 70, "completed": 100}
    assert "from 70.0%" in flags({"completed_web": 49, "completed": 100}, before=before)["take-up"]
    assert not flags({"completed_web": 50, "completed": 100}, before=before)


@pytest.mark.parametrize("typed", ["2014-q4", "2014 Q4", "q4 2014", "2014-10-01", "01/10/2014", "1/10/2014"])
def test_a_quarter_is_read_as_people_write_it(typed):
    assert quarter_read(typed) == dt.date(2014, 10, 1)


def test_a_quarter_is_said_in_words():
    quarter = quarter_of(dt.date(2014, 12, 31))

    assert (quarter_in_words(quarter), quarter_key(quarter)) == ("October to December 2014", "2014-q4")
    assert quarter_before(dt.date(2014, 1, 1)) == dt.date(2013, 10, 1)
    assert quarter_read("2014-q5") is None
    assert quarter_read("9999-q4") is None


def test_a_council_chooses_at_most_twenty_of_its_own_services(council, officer):
    services = ServiceFactory.create_batch(21)

    with pytest.raises(Refused, match="20 at most"):
        choose_top_services(council, by=officer, services=services)
    choose_top_services(council, by=officer, services=services[:2])
    choose_top_services(council, by=officer, services=[services[1], services[0], services[1]])

    assert [each.service for each in TopService.objects.all()] == [services[1], services[0]]
    county = OrganisationFactory(kind=Kind.COUNTY)
    lead = MembershipFactory(organisation=county).person
    with pytest.raises(Refused, match="does not provide"):
        choose_top_services(county, by=lead, services=[ServiceFactory(providing_tier=Tier.DISTRICT)])


@pytest.mark.sql
@pytest.mark.parametrize("costs", [(1,), (7, 1), (9, 400, 1), (3, 1, 90, 5), (401, 402, 1, 2, 3, 4, 5)])
def test_the_usual_cost_is_the_median_of_what_is_published_and_reads_two_rows(costs):
    service, quarter = ServiceFactory(), dt.date(2014, 10, 1)
    for cost in costs:
        ServiceReturnFactory(service=service, cost=Decimal(cost), completed=100)
    ServiceReturnFactory(service=service, cost=Decimal(1000), for_comparison_only=True)
    ServiceReturnFactory(service=service, cost=Decimal(1000), quarter=dt.date(2014, 7, 1))
    ServiceReturnFactory(cost=Decimal(1000))

    [(key, found)] = usual_costs([service], [quarter]).items()

    assert key == (service.pk, quarter)
    assert found == usual_cost([Decimal(cost) / 100 for cost in costs])


def test_a_return_from_before_takes_the_kind_that_its_council_has_today():
    step = importlib.import_module("kpis.migrations.0003_what_its_council_was")
    county, district = (ServiceReturnFactory(council=OrganisationFactory(kind=kind)) for kind in ("county", "district"))
    ServiceReturn.objects.update(council_kind="welsh")

    step.take_kinds_of_today(apps, None)

    assert [ServiceReturn.objects.get(pk=each.pk).council_kind for each in (county, district)] == ["county", "district"]
