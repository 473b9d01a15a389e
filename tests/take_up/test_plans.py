"""A launched project says how many councils are meant to use it by when, beside how many do."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from core import clock
from core.errors import Refused
from councils.kinds import Kind, Tier
from councils.models import Organisation
from take_up.models import TakeUpPlan
from take_up.operations import plan_take_up
from take_up.panels import project_plan
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import ProjectFactory
from tests.factories.take_up import AdoptionFactory, TakeUpPlanFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

LAUNCHED = {"stage": "launch", "launched_on": dt.date(2015, 2, 16), "case_accepted_on": dt.date(2014, 9, 9)}
IN_JUNE_2015 = (2015, 6, 1)


@pytest.fixture
def launched(harlow):
    return ProjectFactory(lead_council=harlow, **LAUNCHED)


def in_a_year() -> dt.date:
    return clock.today() + dt.timedelta(days=365)


def test_the_lead_council_plans_on_the_councils_of_the_day(launched, amina, on_day):
    with on_day(*IN_JUNE_2015):
        plan = plan_take_up(launched, councils=30, by_day=dt.date(2015, 12, 31), by=amina)

    assert (plan.councils, plan.base, plan.tier, plan.made_on) == (30, 353, Tier.ALL, dt.date(2015, 6, 1))


def test_others_plan_nothing(launched, carlos, amina, surrey):
    with pytest.raises(PermissionDenied):
        plan_take_up(launched, councils=30, by_day=in_a_year(), by=carlos)
    with pytest.raises(PermissionDenied):
        plan_take_up(AssetFactory(owner=surrey), councils=30, by_day=in_a_year(), by=amina)


@pytest.mark.parametrize(("councils", "days", "field"), [(0, 30, "councils"), (9999, 30, "councils"), (5, 0, "by_day")])
def test_a_plan_looks_ahead_and_stays_within_its_base(launched, amina, councils, days, field):
    with pytest.raises(Refused) as refusal:
        plan_take_up(launched, councils=councils, by_day=clock.today() + dt.timedelta(days=days), by=amina)

    assert refusal.value.field == field


def test_a_project_that_is_not_launched_has_no_plan_and_a_day_has_one(harlow, amina, launched):
    with pytest.raises(Refused, match="launched"):
        plan_take_up(ProjectFactory(lead_council=harlow), councils=5, by_day=in_a_year(), by=amina)
    plan_take_up(launched, councils=5, by_day=in_a_year(), by=amina)
    with pytest.raises(Refused, match="planned already"):
        plan_take_up(launched, councils=6, by_day=in_a_year(), by=amina)


@pytest.mark.parametrize(
    "wrong", [{"councils": 354}, {"councils": 0}, {"by_day": dt.date(2014, 6, 1)}, {"asset": None}]
)
def test_the_database_holds_what_is_always_true_of_a_plan(wrong):
    with pytest.raises(IntegrityError):
        TakeUpPlanFactory(**wrong)


def test_the_project_shows_it_beside_what_happened_each_with_base_and_day(launched, client):
    asset = AssetFactory(
        project=launched, owner=launched.lead_council, published_at=dt.datetime(2015, 3, 1, tzinfo=dt.UTC)
    )
    councils = Organisation.objects.in_force(dt.date(2015, 12, 31)).filter(kind=Kind.DISTRICT, nation="England")
    for council in councils[:4]:
        AdoptionFactory(asset=asset, council=council)
    plan = {"project": launched, "asset": None, "councils": 30, "made_on": dt.date(2015, 2, 16)}
    TakeUpPlanFactory(**plan)

    page = client.get(launched.get_absolute_url()).content.decode()

    assert "Take-up, planned and done" in page
    assert "30 of 353" in page
    assert "councils, as at 16 February 2015" in page
    assert "4 of 353" in page
    assert "councils, as at 31 December 2015" in page


@pytest.mark.parametrize("how_many", [1, 5])
def test_its_panel_takes_as_many_queries_however_many_plans_and_adopters(
    launched, how_many, django_assert_max_num_queries
):
    asset = AssetFactory(project=launched)
    for n in range(how_many):
        AdoptionFactory(asset=asset)
        TakeUpPlanFactory(project=launched, asset=None, by_day=dt.date(2015, 1 + n, 1))

    with django_assert_max_num_queries(4):
        assert len(project_plan(launched, AnonymousUser()).context["rows"]) == how_many


def test_the_curve_of_an_asset_shows_the_plan_beside_it_and_in_its_file(client, harlow):
    asset = AssetFactory(owner=harlow, published_at=dt.datetime(2014, 6, 1, 9, tzinfo=dt.UTC))
    TakeUpPlanFactory(asset=asset)

    page = client.get(f"/assets/{asset.slug}/take-up/").content.decode()
    file = client.get(f"/assets/{asset.slug}/take-up/?format=csv").content.decode()

    assert "Planned: 40 of 353 councils by 31 December 2015, as at 1 June 2014." in page
    assert "Councils live: 0; Planned: 40." in page
    assert "Day,Councils live,Of,Base,Planned,What happened" in file
    assert "2015-12-31,0,353,councils,40," in file


def test_a_plan_is_a_straight_line_from_none_on_its_day():
    plan = TakeUpPlan(councils=10, made_on=dt.date(2015, 1, 1), by_day=dt.date(2015, 1, 11))

    days = (dt.date(2014, 12, 31), *(dt.date(2015, 1, day) for day in (1, 2, 6, 11, 12)))
    assert [plan.planned_on(day) for day in days] == [None, 0, 1, 5, 10, None]


def test_the_plan_is_made_on_a_page(launched, amina, carlos, signed_in):
    day = in_a_year()
    said = {"councils": "30", "by_day_day": day.day, "by_day_month": day.month, "by_day_year": day.year}
    address = f"/board/promises/plan/?project={launched.slug}"

    assert signed_in(carlos).get(address).status_code == 403
    person = signed_in(amina)
    assert person.post(address, {**said, "councils": "0"}).status_code == 422
    assert person.post(address, said).status_code == 302
    assert TakeUpPlan.objects.get().by_day == day
    assert person.get("/board/promises/plan/?project=nowhere").status_code == 404
