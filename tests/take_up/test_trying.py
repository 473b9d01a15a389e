"""Who tries an asset is counted among those it is for, as live use is, and for the day it was so."""

import datetime as dt

import pytest

from assets_registry.models import Asset
from core import clock
from councils.kinds import Kind, Tier
from councils.models import Organisation
from take_up.models import Adoption, status_on
from take_up.operations import change_adoption, declare_adoption
from take_up.queries import take_up, take_ups, use_on_record
from tests.factories.assets_registry import AssetFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

Status = Adoption.Status
MARCH, JUNE, SEPTEMBER = (dt.date(2016, month, 1) for month in (3, 6, 9))
ON_RECORD = dt.datetime(2015, 3, 9, 9, tzinfo=dt.UTC)


def counts(asset: Asset, day: dt.date) -> tuple[int, int, int]:
    used = take_up(asset, day)
    return used.evaluating, used.piloting, used.count


@pytest.fixture
def tried(grace, harlow):
    """Harlow evaluated it from March 2016, piloted it from June and used it from September."""
    adoption = declare_adoption(AssetFactory(), by=grace, council=harlow, status=Status.EVALUATING, since=MARCH)
    adoption = change_adoption(adoption, by=grace, status=Status.PILOTING, since=JUNE)
    return change_adoption(adoption, by=grace, status=Status.LIVE, since=SEPTEMBER)


def test_who_goes_on_to_live_use_tried_it_all_the_same(tried, grace):
    days = {MARCH: (1, 0, 0), JUNE: (0, 1, 0), dt.date(2016, 8, 31): (0, 1, 0), SEPTEMBER: (0, 0, 1)}
    for day, numbers in days.items():
        assert counts(tried.asset, day) == numbers, day

    change_adoption(tried, by=grace, status=Status.RETIRED, since=dt.date(2017, 1, 1))

    for day, numbers in days.items():
        assert counts(tried.asset, day) == numbers, day
    assert counts(tried.asset, clock.today()) == (0, 0, 0)


def test_a_day_put_right_moves_the_pilot(tried, grace):
    adoption = change_adoption(tried, by=grace, status=Status.PILOTING, since=dt.date(2017, 1, 1))

    change_adoption(adoption, by=grace, since=dt.date(2017, 3, 1))

    assert counts(tried.asset, dt.date(2017, 2, 1)) == (0, 0, 1)
    assert counts(tried.asset, dt.date(2017, 3, 1))[1] == 1


def test_so_is_a_pilot_that_was_taken_over_and_stands_in_no_history_yet(grace, harlow):
    adoption = AdoptionFactory(council=harlow, status=Status.PILOTING, since=JUNE)

    change_adoption(adoption, by=grace, status=Status.LIVE, since=SEPTEMBER)

    assert counts(adoption.asset, JUNE) == (0, 1, 0)


@pytest.mark.parametrize(
    ("said", "day", "status"),
    [
        ([("evaluating", MARCH)], JUNE, "piloting"),
        ([("evaluating", MARCH)], dt.date(2016, 4, 1), "evaluating"),
        ([("evaluating", MARCH), ("piloting", MARCH), ("piloting", JUNE)], dt.date(2016, 4, 1), "evaluating"),
        ([("evaluating", JUNE)], dt.date(2016, 4, 1), ""),
        ([("live", JUNE), ("live", MARCH)], dt.date(2016, 4, 1), "live"),
    ],
)
def test_the_status_of_a_day_is_the_last_one_said_of_it(said, day, status):
    assert status_on("piloting", JUNE, day, tuple(said)) == status


def test_what_was_tried_in_2015_is_told_however_far_it_came_since(grace, harlow):
    asset = AssetFactory(published_at=ON_RECORD)
    adoption = declare_adoption(asset, by=grace, council=harlow, status=Status.PILOTING, since=ON_RECORD.date())

    change_adoption(adoption, by=grace, status=Status.LIVE, since=clock.today())

    page, line = take_up(asset), take_ups([asset])[asset.pk]
    found = use_on_record(asset, asset.adoptions.select_related("council"))
    for used in (page, line, found):
        assert (used.piloting, used.more_piloting, used.more_live) == (1, 0, 1)


def test_who_is_outside_the_base_is_in_none_of_its_numbers(db):
    asset = AssetFactory(tier=Tier.DISTRICT, owner=Organisation.objects.get(slug="luton"))
    cardiff = Organisation.objects.filter(kind=Kind.WELSH).first()
    essex = Organisation.objects.filter(kind=Kind.COUNTY, ends_on=None).first()
    ended = Organisation.objects.filter(kind=Kind.DISTRICT, ends_on__lt=clock.today()).first()
    for council in (cardiff, essex, ended):
        AdoptionFactory(asset=asset, council=council, status=Status.PILOTING, since=dt.date(2014, 6, 1))

    page, line = take_up(asset), take_ups([asset])[asset.pk]

    assert (page.piloting, line.piloting, page.evaluating) == (0, 0, 0)
    assert "piloting" not in line.in_a_list


def test_a_successor_that_carries_a_pilot_on_is_not_one_more(db):
    asset = AssetFactory(tier=Tier.ALL, published_at=ON_RECORD, owner=Organisation.objects.get(slug="luton"))
    ended = Organisation.objects.filter(kind=Kind.DISTRICT, ends_on__lt=clock.today(), successors__isnull=False).first()
    heir = ended.successors.first()
    for council, since in ((ended, ON_RECORD.date()), (heir, heir.starts_on)):
        AdoptionFactory(asset=asset, council=council, status=Status.PILOTING, since=since)

    used = take_up(asset)

    assert (used.piloting, used.more_piloting) == (1, 0)
