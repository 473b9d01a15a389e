"""What councils avoided is told in sums, each of which has five figures or more that no sum before it had.

So no sums together tell what one council said: not when a council joins, leaves or changes its figure, and not on
another day of the address.
"""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core import clock
from councils.kinds import Kind
from councils.models import Organisation
from take_up.models import SavingsShown
from take_up.operations import change_adoption, confirm_adoption, show_savings
from take_up.queries.savings import savings
from take_up.queries.spread import confirmed_adoptions
from tests.factories.assets_registry import AssetFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.sql

LONG_AGO = dt.timedelta(days=200)


@pytest.fixture
def asset(db):
    return AssetFactory(owner=Organisation.objects.get(slug="luton"), published_at=clock.now() - LONG_AGO)


@pytest.fixture
def give(asset):
    """A function: one more district uses the asset and gives these figures, one each."""
    districts = iter(Organisation.objects.in_force().filter(kind=Kind.DISTRICT, nation="England").order_by("pk"))

    def say(*costs, **fields):
        given = {"since": clock.today() - LONG_AGO, **fields}
        return [AdoptionFactory(asset=asset, council=next(districts), avoided_cost=cost, **given) for cost in costs]

    return say


def told(asset, day=None):
    """The sum that is told on a day, and of how many."""
    found = savings(asset, confirmed_adoptions(asset), day)
    return found.total.number if found.total else None, found.n


def on_day(number):
    """A night on which the schedule runs, so many days from now."""
    return clock.at(clock.now() + dt.timedelta(days=number))


def test_four_figures_have_no_sum_and_five_have_a_sum_and_a_median_with_their_day_and_base(asset, give):
    give(10, 20, 30, 40)
    assert show_savings() == 0
    assert told(asset) == (None, 4)

    give(1000, None)
    assert show_savings() == 1

    found = savings(asset, confirmed_adoptions(asset))
    assert (found.n, found.of, found.total.number, found.middle.number) == (5, 6, "£1,100", "£30")
    assert (found.as_at, found.total.as_at) == (clock.today(), clock.today())


def test_a_sixth_council_moves_no_sum_and_neither_do_the_next_three(asset, give):
    give(1, 2, 3, 4, 5)
    show_savings()

    for number in range(1, 5):
        give(1000)
        with on_day(number):
            assert show_savings() == 0
            assert told(asset) == ("£15", 5)
    give(1000)
    with on_day(9):
        assert show_savings() == 1
        assert told(asset) == ("£5,015", 10)


def test_neither_a_changed_figure_nor_a_council_that_leaves_moves_it(asset, give):
    first, second, *_ = give(1, 2, 3, 4, 5, 6)
    show_savings()

    first.avoided_cost = 999
    first.save()
    second.status, second.since, second.live_since = "retired", clock.today(), second.since
    second.save()

    with on_day(1):
        assert show_savings() == 0
        assert told(asset) == ("£21", 6)


def test_figures_that_stood_in_sums_before_make_no_new_one_however_they_are_put_together(asset, give):
    """Of 5 and 1, then of these and 5 more, then of the 1 and the 5 more: first and third less the second is the 1."""
    first, one = give(1, 2, 3, 4, 5), give(7)
    assert show_savings() == 1
    give(10, 20, 30, 40, 50)
    with on_day(1):
        assert show_savings() == 1
    for each in first:
        each.avoided_cost = None
        each.save()

    with on_day(2):
        assert show_savings() == 0
        assert told(asset) == ("£172", 11)
    assert len(one) == 1


def test_five_figures_that_were_changed_make_a_new_sum_and_changed_back_none(asset, give):
    councils = give(1, 2, 3, 4, 5)
    show_savings()
    for night, costs, shown in ((1, (6, 7, 8, 9, 10), 1), (2, (1, 2, 3, 4, 5), 0)):
        for each, cost in zip(councils, costs, strict=True):
            each.avoided_cost = cost
            each.save()
        with on_day(night):
            assert show_savings() == shown
            assert told(asset) == ("£40", 5)


def test_another_day_of_the_address_tells_only_what_was_shown_by_then(asset, give, client):
    give(1, 2, 3, 4, 5)
    show_savings()
    before = clock.today() - dt.timedelta(days=1)

    assert told(asset, before) == (None, 5)
    assert told(asset) == ("£15", 5)
    address = f"/assets/{asset.slug}/take-up/"
    assert "£15" in client.get(address).content.decode()
    assert "£15" not in client.get(f"{address}?as_at={before}").content.decode()


def test_run_twice_on_a_day_it_shows_one_sum(asset, give):
    give(1, 2, 3, 4, 5)

    assert [show_savings(), show_savings()] == [1, 0]


@pytest.mark.parametrize("wrong", [{"n": 4}, {"n": 7, "of": 6}])
def test_the_database_keeps_no_sum_of_fewer_than_five_nor_of_more_than_there_are(asset, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        SavingsShown.objects.create(**{"asset": asset, "as_at": clock.today(), "figures": {}, "n": 5, "of": 6, **wrong})


def test_who_retired_it_and_who_waits_gives_no_figure(asset, give):
    give(1, status="retired", live_since=clock.today() - dt.timedelta(days=300))
    give(1, confirmed_by=None, confirmed_at=None)
    give(1)

    assert told(asset) == (None, 1)


def test_a_cost_that_a_contributor_changes_waits_for_the_lead(amina, grace, harlow):
    adoption = AdoptionFactory(council=harlow, avoided_cost=100, live_since=dt.date(2015, 1, 1))

    adoption = change_adoption(adoption, by=amina, avoided_cost=900)
    assert (adoption.avoided_cost, adoption.is_waiting) == (100, True)
    adoption = confirm_adoption(adoption, by=grace)

    assert (adoption.avoided_cost, adoption.live_since) == (900, dt.date(2015, 1, 1))
    assert not adoption.statuses.exists()
