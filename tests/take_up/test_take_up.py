"""Take-up is the distinct councils in live use of those in scope, in force on the day; "3 of 353 (0.8%)" (W4)."""

import datetime as dt

import pytest

from core import clock
from councils.kinds import Kind, Tier
from councils.models import Organisation
from take_up.models import Adoption
from take_up.queries import take_up, take_ups
from tests.factories.assets_registry import AssetFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.sql

END_OF_2014 = dt.date(2014, 12, 31)
JUNE_2014 = dt.date(2014, 6, 1)


def asset_for(tier):
    """Of a real council, so that no made-up one joins the base."""
    return AssetFactory(tier=tier, owner=Organisation.objects.get(slug="luton"))


def adopt(asset, kind, how_many, **given):
    councils = Organisation.objects.in_force(END_OF_2014).filter(kind=kind, nation="England", ends_on=None)
    return [AdoptionFactory(**{"asset": asset, "council": c, "since": JUNE_2014, **given}) for c in councils[:how_many]]


def test_three_adopters_of_all_councils_are_3_of_353(db):
    asset = asset_for(Tier.ALL)
    adopt(asset, Kind.COUNTY, 3)

    assert str(take_up(asset, END_OF_2014)) == "3 of 353 councils (0.8%)"


def test_a_district_only_service_counts_on_201(db):
    asset = asset_for(Tier.DISTRICT)
    adopt(asset, Kind.DISTRICT, 4)

    share = take_up(asset, END_OF_2014).share
    assert (share.count, share.base) == (4, 201)
    assert str(share) == "4 of 201 districts (2.0%)"


def test_an_upper_tier_service_counts_on_152(db):
    assert take_up(asset_for(Tier.UPPER), END_OF_2014).base == 152


def test_each_kind_of_council_has_its_own_base(db):
    asset = asset_for(Tier.ALL)
    adopt(asset, Kind.DISTRICT, 4)
    adopt(asset, Kind.UNITARY, 2)
    adopt(asset, Kind.CITY, 1)

    rows = {row.label: (row.share.count, row.share.base) for row in take_up(asset, END_OF_2014).by_kind}
    assert rows == {
        "Counties": (0, 27),
        "Districts": (4, 201),
        "Unitaries": (2, 56),
        "Metropolitan districts": (0, 36),
        "London boroughs": (1, 33),
    }


def test_kinds_that_do_not_provide_the_service_have_no_row(db):
    assert [row.label for row in take_up(asset_for(Tier.DISTRICT)).by_kind] == ["Districts"]


def test_councils_outside_the_base_are_named_apart(db, surrey):
    asset = asset_for(Tier.DISTRICT)
    glasgow = Organisation.objects.filter(kind=Kind.SCOTTISH).first()
    for council in (surrey, glasgow):
        AdoptionFactory(asset=asset, council=council, since=JUNE_2014)

    result = take_up(asset, END_OF_2014)

    assert result.count == 0
    assert {adoption.council for adoption in result.outside} == {surrey, glasgow}


def test_a_council_counts_from_its_first_live_day(harlow):
    asset = AssetFactory()
    AdoptionFactory(asset=asset, council=harlow, since=dt.date(2014, 6, 2))

    assert take_up(asset, dt.date(2014, 6, 1)).count == 0
    assert take_up(asset, dt.date(2014, 6, 2)).count == 1


def test_a_council_that_has_retired_it_counted_before(harlow):
    asset = AssetFactory()
    adoption = AdoptionFactory(asset=asset, council=harlow, since=JUNE_2014)
    adoption.status, adoption.since = Adoption.Status.RETIRED, dt.date(2016, 1, 1)
    adoption.save()

    assert take_up(asset, END_OF_2014).count == 1
    assert take_up(asset, dt.date(2016, 1, 1)).count == 0


def test_a_council_that_has_ended_counts_until_its_last_day(db):
    ended = Organisation.objects.filter(kind=Kind.DISTRICT, ends_on__isnull=False).first()
    asset = AssetFactory()
    AdoptionFactory(asset=asset, council=ended, since=JUNE_2014)

    assert take_up(asset, ended.ends_on).count == 1
    after = take_up(asset, ended.ends_on + dt.timedelta(days=1))
    assert (after.count, after.outside_count) == (0, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"confirmed_by": None, "confirmed_at": None},
        {"status": Adoption.Status.EVALUATING},
        {"status": Adoption.Status.PILOTING},
    ],
)
def test_only_confirmed_live_use_counts(harlow, given):
    asset = AssetFactory()
    AdoptionFactory(asset=asset, council=harlow, since=JUNE_2014, **given)

    assert take_up(asset).count == 0


def test_piloting_councils_are_counted_beside(harlow, luton):
    asset = AssetFactory()
    for council in (harlow, luton):
        AdoptionFactory(asset=asset, council=council, since=JUNE_2014, status=Adoption.Status.PILOTING)

    assert take_up(asset).piloting == 2


def test_who_did_not_agree_to_be_named_counts_without_a_name(harlow, luton):
    asset = AssetFactory()
    AdoptionFactory(asset=asset, council=harlow, since=JUNE_2014)
    AdoptionFactory(asset=asset, council=luton, since=JUNE_2014, may_be_listed=False)

    result = take_up(asset)
    assert result.count == 2
    assert [adoption.council for adoption in result.live] == [harlow]
    assert result.live_unnamed == 1


def test_the_take_up_of_many_assets_takes_two_queries(harlow, luton, django_assert_num_queries):
    assets = AssetFactory.create_batch(5)
    for asset in assets:
        AdoptionFactory(asset=asset, council=harlow)
        AdoptionFactory(asset=asset, council=luton)

    with django_assert_num_queries(2):
        assert {result.count for result in take_ups(assets).values()} == {2}


def test_the_list_counts_as_the_page_does(harlow, luton, surrey):
    asset, day = AssetFactory(tier=Tier.LOWER), clock.today()
    AdoptionFactory(asset=asset, council=harlow, since=JUNE_2014, may_be_listed=False)
    AdoptionFactory(asset=asset, council=luton, since=day, live_since=JUNE_2014, status=Adoption.Status.PILOTING)
    AdoptionFactory(asset=asset, council=surrey, since=JUNE_2014)

    page, line = take_up(asset), take_ups([asset])[asset.pk]

    assert (line.share, line.piloting, line.as_at) == (page.share, page.piloting, page.as_at)
    assert (line.count, line.piloting) == (1, 1)


def test_the_list_builds_no_adoption_to_count_it(harlow, monkeypatch):
    asset = AdoptionFactory(council=harlow).asset
    monkeypatch.setattr(Adoption, "from_db", None)

    assert take_ups([asset])[asset.pk].count == 1
