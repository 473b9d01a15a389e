"""Take-up is the distinct councils in live use of those in scope, in force on the day; "3 of 353 (0.8%)" (W4)."""

import datetime as dt
from dataclasses import replace

import pytest

from assets_registry.models import Asset
from core import clock
from councils.kinds import Kind, Tier
from councils.models import Organisation
from search.sources.reuse import SOURCES
from story.queries import chain_of
from take_up.models import Adoption
from take_up.queries import most_used_first, take_up, take_ups, use_on_record
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

    assert str(take_up(asset, END_OF_2014)) == "3 of 353 councils (0.8%) in December 2014"


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


ON_RECORD = dt.datetime(2015, 3, 9, 9, tzinfo=dt.UTC)


@pytest.fixture
def recorded(harlow, luton):
    """An asset of 2015 for every council, which Harlow used then and Luton tried."""
    asset = AssetFactory(tier=Tier.ALL, owner=luton, published_at=ON_RECORD)
    AdoptionFactory(asset=asset, council=harlow, since=ON_RECORD.date())
    AdoptionFactory(asset=asset, council=luton, since=ON_RECORD.date(), status=Adoption.Status.PILOTING)
    return asset


def test_an_asset_that_is_history_is_counted_on_the_last_day_of_the_record(recorded):
    used = take_up(recorded)

    assert str(used) == "1 of 353 councils (0.3%) in December 2015"
    assert (used.piloting, used.more_live, used.more_piloting) == (1, 0, 0)


@pytest.mark.parametrize("status", [Adoption.Status.LIVE, Adoption.Status.PILOTING])
def test_whoever_adopts_it_since_stands_beside_and_moves_nobody_s_day(recorded, surrey, status):
    before = take_up(recorded)
    AdoptionFactory(asset=recorded, council=surrey, since=clock.today(), status=status)

    after = take_up(recorded)

    assert (after.as_at, after.share, after.piloting) == (before.as_at, before.share, before.piloting)
    assert after.more_live == (status == Adoption.Status.LIVE)
    assert after.more_piloting == (status == Adoption.Status.PILOTING)


def test_on_another_day_that_is_asked_for_nobody_has_joined_since(recorded, surrey):
    AdoptionFactory(asset=recorded, council=surrey, since=clock.today())

    assert str(take_up(recorded, END_OF_2014)) == "0 of 353 councils (0%) in December 2014"
    assert (take_up(recorded, clock.today()).count, take_up(recorded, clock.today()).more_live) == (2, 0)


def test_who_has_retired_it_since_is_told_of_the_day_and_of_no_other(recorded, harlow):
    recorded.adoptions.filter(council=harlow).update(status=Adoption.Status.RETIRED, since=clock.today())

    used = take_up(recorded)

    assert (used.count, used.more_live, used.named) == (1, 0, [])


def test_every_page_and_the_search_tell_the_same_take_up(recorded, surrey, client):
    """The asset's page, the list and its file, the strip, what search finds."""
    AdoptionFactory(asset=recorded, council=surrey, since=clock.today())
    cherwell = Organisation.objects.get(slug="cherwell")
    AdoptionFactory(asset=recorded, council=cherwell, since=clock.today(), status=Adoption.Status.PILOTING)
    document = next(source for source in SOURCES if source.name == "asset")
    strip = next(node for node in chain_of(recorded).nodes if node.kind == "Take-up")

    page = client.get(recorded.get_absolute_url()).content.decode()

    assert "1 of 353 councils (0.3%) in December 2015, and 1 more has joined since" in page
    assert "Since then: " in page
    assert "1 of 353 councils live, 1 piloting in December 2015; since then 1 more live, 1 more piloting" in (
        client.get("/assets/").content.decode()
    )
    assert ",1,353,2015-12-31,1,1,1," in client.get("/assets/?format=csv").content.decode()
    assert (strip.title, strip.fact) == ("1 of 353 councils", "0.3% of those it was for · December 2015 · 1 more since")
    assert "1 council live, 1 piloting in December 2015; since then 1 more live, 1 more piloting · " in (
        document.to_document(document.rows().get(pk=recorded.pk)).note
    )


def test_search_counts_as_the_list_does_and_no_adoption_that_waits(recorded, surrey):
    AdoptionFactory(asset=recorded, council=surrey, since=clock.today(), confirmed_by=None, confirmed_at=None)

    use = use_on_record(recorded, recorded.adoptions.select_related("council"))

    assert replace(take_ups([recorded])[recorded.pk], share=use.share) == use
    assert use.in_a_result == "1 council live, 1 piloting in December 2015"


def test_search_says_nothing_of_use_where_nobody_uses_it(recorded):
    assert use_on_record(recorded, []).in_a_result == ""


def test_the_order_of_the_most_used_is_that_of_the_figures_shown(recorded, harlow, luton, surrey):
    """A council counts not twice with its successor, nor one outside the base."""
    ended = Organisation.objects.filter(kind=Kind.DISTRICT, ends_on__lt=clock.today(), successors__isnull=False).first()
    heir, glasgow = ended.successors.first(), Organisation.objects.filter(kind=Kind.SCOTTISH).first()
    carried, outside, both, of_two = (AssetFactory(tier=Tier.ALL, owner=luton) for _ in range(4))
    Asset.objects.filter(pk=both.pk).update(published_at=ON_RECORD)
    users = {carried: (ended, heir), outside: (glasgow, harlow), both: (ended, heir), of_two: (harlow, surrey)}
    for asset, councils in users.items():
        for council in councils:
            AdoptionFactory(asset=asset, council=council, since=council.starts_on or JUNE_2014)

    ordered = list(most_used_first(Asset.objects.all()))

    shown = take_ups(ordered)
    assert [each.live_count for each in ordered] == [shown[each.pk].all_live for each in ordered]
    assert {each.pk: each.live_count for each in ordered} == {
        of_two.pk: 2, carried.pk: 1, outside.pk: 1, both.pk: 1, recorded.pk: 1,
    }  # fmt: skip
    assert ordered[0] == of_two
