"""A council that gives an asset up and takes it up again uses it in two times: each counts, and the gap does not."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from core.inbox import Reader
from councils.models import Membership
from outbox.models import Message
from story.queries import chain_of
from take_up.emails import new_use
from take_up.inbox import new_adopters
from take_up.models import Adoption, EarlierUse
from take_up.operations import change_adoption, declare_adoption
from take_up.queries import take_up, take_ups, use_on_record
from take_up.queries.spread import confirmed_adoptions, spread, statuses
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.sql

JUNE = dt.date(2015, 6, 1)


def declare(asset, by, council, since):
    return declare_adoption(asset, by=by, council=council, status=Adoption.Status.LIVE, since=since)


@pytest.fixture
def came_back(grace, harlow):
    """Harlow used it from 1 March to 1 June 2016, and again from 1 September."""
    adoption = declare(AssetFactory(), grace, harlow, since=dt.date(2016, 3, 1))
    change_adoption(adoption, by=grace, status=Adoption.Status.RETIRED, since=dt.date(2016, 6, 1))
    change_adoption(adoption, by=grace, status=Adoption.Status.PILOTING, since=dt.date(2016, 8, 1))
    return change_adoption(adoption, by=grace, status=Adoption.Status.LIVE, since=dt.date(2016, 9, 1))


def test_whoever_comes_back_counts_in_each_time_of_use_and_not_between(came_back):
    days = {"2016-02-29": 0, "2016-03-01": 1, "2016-05-31": 1, "2016-06-01": 0, "2016-08-31": 0, "2016-09-01": 1}

    for day, number in days.items():
        on = dt.date.fromisoformat(day)
        assert take_up(came_back.asset, on).count == number, day
        assert came_back.counts_as_live(on) == bool(number), day


def test_a_pilot_after_live_use_does_not_prolong_it(grace, harlow):
    adoption = declare(AssetFactory(), grace, harlow, since=dt.date(2016, 3, 1))
    change_adoption(adoption, by=grace, status=Adoption.Status.PILOTING, since=dt.date(2016, 6, 1))
    change_adoption(adoption, by=grace, status=Adoption.Status.RETIRED, since=dt.date(2016, 8, 1))

    assert take_up(adoption.asset, dt.date(2016, 5, 31)).count == 1
    assert take_up(adoption.asset, dt.date(2016, 7, 1)).count == 0


def test_every_count_tells_both_times(came_back):
    asset = came_back.asset

    points = spread(asset, confirmed_adoptions(asset))

    assert min(point.day for point in points) <= dt.date(2016, 3, 31)
    assert [each.status for each in statuses(asset, clock.today(), are_all_named=True)] == [
        "live", "piloting", "retired", "live",
    ]  # fmt: skip
    assert take_ups([asset])[asset.pk].count == take_up(asset).count == 1


def test_of_an_asset_that_is_history_it_counts_on_the_day_of_the_record_and_not_as_new(grace, harlow):
    asset = AssetFactory(published_at=dt.datetime(2015, 3, 9, 9, tzinfo=dt.UTC))
    adoption = declare(asset, grace, harlow, since=JUNE)
    change_adoption(adoption, by=grace, status=Adoption.Status.RETIRED, since=dt.date(2016, 6, 1))
    change_adoption(adoption, by=grace, status=Adoption.Status.LIVE, since=dt.date(2016, 9, 1))
    used = use_on_record(asset, asset.adoptions.select_related("council"))
    strip = next(node for node in chain_of(asset).nodes if node.kind == "Take-up")

    for each in (take_up(asset), take_ups([asset])[asset.pk], used):
        assert (each.count, each.more_live) == (1, 0)
    assert strip.title.startswith("1 of ")
    assert "since" not in strip.fact


def test_a_day_put_right_reaches_into_no_time_before(came_back, grace):
    with pytest.raises(Refused, match="in use before until 1 June 2016") as refusal:
        change_adoption(came_back, by=grace, since=dt.date(2016, 5, 1))
    assert refusal.value.field == "since"

    assert change_adoption(came_back, by=grace, since=dt.date(2016, 7, 1)).live_since == dt.date(2016, 7, 1)


def test_nor_does_the_day_of_another_status(grace, harlow):
    adoption = declare(AssetFactory(), grace, harlow, since=dt.date(2016, 3, 1))
    change_adoption(adoption, by=grace, status=Adoption.Status.RETIRED, since=dt.date(2016, 6, 1))
    adoption = change_adoption(adoption, by=grace, status=Adoption.Status.EVALUATING, since=dt.date(2016, 8, 1))

    with pytest.raises(Refused, match="in use before until 1 June 2016"):
        change_adoption(adoption, by=grace, since=dt.date(2016, 3, 1))


def test_an_end_put_right_is_not_before_its_beginning(grace, harlow):
    adoption = declare(AssetFactory(), grace, harlow, since=dt.date(2016, 3, 1))
    change_adoption(adoption, by=grace, status=Adoption.Status.RETIRED, since=dt.date(2016, 6, 1))

    with pytest.raises(Refused, match="live from 1 March 2016"):
        change_adoption(adoption, by=grace, since=dt.date(2016, 2, 1))


def test_the_database_keeps_no_use_that_ends_before_it_begins(came_back):
    for ends_on in (JUNE, dt.date(2016, 5, 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            EarlierUse.objects.create(adoption=came_back, begins_on=JUNE, ends_on=ends_on - dt.timedelta(days=400))


def test_whoever_follows_it_hears_each_time_and_so_does_its_owner(came_back, grace, ben, deliver):
    owner = MembershipFactory(organisation=came_back.asset.owner, role=Membership.Role.LEAD).person
    reader = Reader(
        user=ben, since=clock.now() - dt.timedelta(hours=1), follows={"asset": frozenset({came_back.asset_id})}
    )
    changes = set()
    for status in ("retired", "live"):
        change_adoption(came_back, by=grace, status=status, since=clock.today() - dt.timedelta(days=3 - len(changes)))
        changes.add(new_adopters(reader)[0].change)

    assert len(changes) == 2
    letters = Message.objects.filter(person=owner, kind="take_up.new_use").order_by("pk")
    said = [new_use(came_back, owner, **each.details).context["said"] for each in letters]
    assert said[-2:] == [f"no longer uses {came_back.asset}", f"uses {came_back.asset}"]


@pytest.mark.parametrize(
    ("rows", "live_since", "times"),
    [
        ([("live", 1)], 1, []),
        ([("piloting", 1), ("live", 2), ("retired", 5)], 2, []),
        ([("live", 1), ("retired", 5), ("live", 9)], 9, [(1, 5)]),
        ([("live", 1), ("live", 2), ("retired", 5), ("retired", 6), ("piloting", 7), ("live", 9)], 9, [(2, 6)]),
        ([("live", 1), ("piloting", 3), ("retired", 5)], None, [(1, 3)]),
        ([("live", 1), ("retired", 1), ("live", 4)], 4, []),
    ],
)
def test_the_times_of_what_was_confirmed_before_are_read_from_its_statuses(rows, live_since, times):
    migration = import_module("take_up.migrations.0003_days_earlier_use_and_sums_shown")

    assert migration._times(rows) == (live_since, times)
