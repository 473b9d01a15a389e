"""A council beside others: what is for comparison only is in medians, eleven at a time, and tied to no council."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from councils.likeness import DEFAULT, Weights
from councils.models import Organisation
from kpis.comparison import queries, shown
from kpis.comparison.queries import compared_councils
from kpis.comparison.shown import groups_of
from kpis.comparison.sums import middle_of_others
from kpis.models import ServiceReturn
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = pytest.mark.django_db

QUARTER = dt.date(2014, 10, 1)
BEFORE, FIXED, LATER = dt.datetime(2015, 2, 10, 9), dt.datetime(2015, 3, 2, 9), dt.datetime(2015, 6, 1, 9)


@pytest.fixture
def returned(service):
    """Return what councils counted: one for each cost; `secret` is for comparison only."""
    person = UserFactory()

    def make(*costs, secret=False, **more):
        more = {"service": service, "returned_by": person, "completed": 100} | more
        return [ServiceReturnFactory(cost=Decimal(cost), for_comparison_only=secret, **more) for cost in costs]

    return make


def beside(service, council, *, on=LATER, user=None, weights=DEFAULT):
    """The two groups of a council as a day shows them."""
    with clock.at(on):
        found = compared_councils(service, QUARTER)
        own = queries.own_return(found, council, user) if user else None
        return groups_of(council, QUARTER, found, own, weights)


def cost_of(*asked, **more):
    """The cost among all of a kind: the median, how many publish it, how many are in it unseen."""
    middle = beside(*asked, **more)[0].middles[0]
    return (middle.median and middle.median.with_unit, len(middle.published), middle.unseen)


def corrected(one, on, **more):
    """A later version of a return."""
    with clock.at(on):
        ServiceReturn.objects.filter(pk=one.pk).update(replaced_at=clock.now())
        kept = {name: getattr(one, name) for name in ("council", "service", "returned_by", "cost", "completed")}
        kept |= {"for_comparison_only": one.for_comparison_only, "returned_at": clock.now()}
        return ServiceReturnFactory(version=one.version + 1, **(kept | more))


def test_the_median_is_of_the_others_and_fewer_than_ten_have_none(service, returned):
    own, *_ = returned(900, *range(100, 1100, 100))

    assert cost_of(service, own.council) == ("£5.50", 10, 0)
    ServiceReturn.objects.filter(cost=1000).delete()
    assert cost_of(service, own.council) == (None, 9, 0)
    assert (
        "only 9 of the other districts publish it, and fewer than 10 are too few"
        in beside(service, own.council)[0].strips[0]["words"]
    )


@pytest.mark.parametrize(("number", "said"), [(10, ("£1.00", 11, 0)), (11, ("£4.00", 11, 11))])
def test_what_is_for_comparison_only_enters_eleven_at_a_time_or_not_at_all(service, returned, number, said):
    returned(*[100] * 11)
    returned(*[700] * number, secret=True)

    assert cost_of(service, OrganisationFactory()) == said


@pytest.mark.parametrize(
    ("number", "said"), [(10, "The median is withheld"), (11, "of 11 districts, yours among them")]
)
def test_the_strip_of_a_council_that_publishes_nothing_rests_on_ten_others(service, returned, number, said):
    own, *_ = returned(*[700] * number, secret=True)
    reader = MembershipFactory(organisation=own.council, role="reader").person

    strip = beside(service, own.council, user=reader)[0].strips[0]

    assert said in strip["words"]
    assert bool(strip["chart"]) == (number == 11)


def test_each_indicator_counts_those_that_have_it(service, returned):
    returned(*[100] * 11)
    returned(*[700] * 10, secret=True)
    returned(700, secret=True, completed=None)

    middles = beside(service, OrganisationFactory())[0].middles

    assert [each.unseen for each in middles] == [0, 0, 11, 0]


def test_a_council_that_publishes_is_left_out_of_the_others_and_one_that_does_not_stays(service, returned):
    published = returned(*range(100, 1300, 100))
    secret = returned(*range(2000, 3100, 100), secret=True)

    assert cost_of(service, published[0].council) == ("£16.00", 11, 11)
    assert cost_of(service, secret[0].council) == cost_of(service, secret[9].council)
    assert cost_of(service, secret[0].council) == cost_of(service, OrganisationFactory())


def test_all_of_a_kind_are_as_at_60_days_after_the_quarter(service, returned):
    published = returned(*range(100, 1300, 100))
    secret = returned(*range(2000, 3200, 100), secret=True)
    reader = OrganisationFactory()
    before = cost_of(service, reader, on=FIXED)

    corrected(secret[0], LATER, cost=Decimal(1))
    corrected(published[0], LATER, cost=Decimal(9999))
    returned(1, 2, 3, secret=True, returned_at=dt.datetime(2015, 5, 1, tzinfo=dt.UTC))
    secret[1].council.ends_on = dt.date(2015, 4, 1)
    secret[1].council.save()

    assert before == ("£16.00", 12, 12)
    assert cost_of(service, reader, on=dt.datetime(2015, 7, 1)) == before


def test_a_council_whose_type_is_corrected_stays_where_its_figures_came_in_and_the_page_says_so(
    client, service, returned
):
    moved, *_ = returned(*range(100, 1300, 100))
    reader = OrganisationFactory()
    assert cost_of(service, reader) == ("£6.50", 12, 0)

    Organisation.objects.filter(pk=moved.council_id).update(kind="unitary")
    moved.council.refresh_from_db()

    assert cost_of(service, reader) == ("£6.50", 12, 0)
    group = beside(service, moved.council)[0]
    assert (group.words, len(group.middles[0].published)) == ("districts", 11)
    page = client.get(f"/services/permits-of-old/beside/{reader.slug}/?quarter=2014-q4").content.decode()
    assert "a correction of its type since moves none of them" in page


def test_a_figure_for_comparison_only_moves_between_no_two_medians_when_its_councils_type_is_corrected(
    service, returned
):
    secret = returned(*range(100, 1300, 100), secret=True)
    elsewhere = [OrganisationFactory(kind="unitary") for _ in range(12)]
    for cost, council in enumerate(elsewhere, 2000):
        returned(cost, secret=True, council=council)
    readers = OrganisationFactory(), OrganisationFactory(kind="unitary")
    before = [cost_of(service, reader) for reader in readers]

    Organisation.objects.filter(pk=secret[0].council_id).update(kind="unitary")
    secret[0].council.refresh_from_db()

    assert before[0][2] == 12
    assert [cost_of(service, reader) for reader in readers] == before
    # Its own page says what that of any other council of its new type says: not even that it returned something.
    assert cost_of(service, secret[0].council) == before[1]
    assert beside(service, secret[0].council)[0].words == "unitaries"


def test_before_that_day_only_what_is_published_counts(service, returned):
    returned(*[100] * 11)
    returned(*[700] * 12, secret=True)

    assert cost_of(service, OrganisationFactory(), on=BEFORE) == ("£1.00", 11, 0)


def test_a_mark_taken_off_later_leaves_the_others_too_few(service, returned):
    returned(*[100] * 11)
    first, *_ = returned(*[700] * 11, secret=True)
    assert cost_of(service, OrganisationFactory())[2] == 11

    corrected(first, LATER, for_comparison_only=False)

    assert cost_of(service, OrganisationFactory(), on=dt.datetime(2015, 7, 1)) == ("£1.00", 12, 0)


def test_where_all_are_published_later_ones_count_too(service, returned):
    returned(*[100] * 6)
    returned(*[300] * 5, returned_at=dt.datetime(2015, 5, 1, tzinfo=dt.UTC))

    assert cost_of(service, OrganisationFactory(), on=FIXED.replace(month=5)) == ("£1.00", 11, 0)


def test_a_figure_that_was_ever_published_is_none_of_the_eleven(service, returned):
    returned(*[100] * 11)
    first, *_ = returned(*[700] * 11)
    ServiceReturn.objects.filter(cost=700).exclude(pk=first.pk).update(for_comparison_only=True)

    corrected(first, BEFORE, for_comparison_only=True)

    assert cost_of(service, OrganisationFactory()) == ("£1.00", 11, 0)


def test_a_mark_put_on_later_takes_the_name_away_and_its_own_page_says_what_others_say(service, returned):
    first, *_ = returned(*range(100, 1300, 100))
    returned(*[700] * 11, secret=True)
    assert cost_of(service, OrganisationFactory())[2] == 11

    corrected(first, LATER, for_comparison_only=True, cost=Decimal(5000))

    day = dt.datetime(2015, 7, 1)
    assert cost_of(service, first.council, on=day) == cost_of(service, OrganisationFactory(), on=day)
    assert first.council.pk not in {
        one.council_id for one, _ in beside(service, first.council, on=day)[0].middles[0].published
    }


def test_councils_like_yours_are_those_that_publish_by_weights_in_the_address(service, returned):
    returned(*[100] * 11)
    returned(*[700] * 12, secret=True)
    south = OrganisationFactory.create_batch(11, region="South West", kind="unitary")
    for each in south:
        returned(900, council=each)
    reader = OrganisationFactory(kind="unitary")

    like = beside(service, reader, weights=Weights(region=0))[1]

    assert {one.council for one, _ in like.middles[0].published} == set(south)
    assert like.reasons[south[0].pk] == "unitary"
    assert [each.unseen for each in like.middles] == [0] * 4
    for weights in (DEFAULT, Weights(type=0), Weights(type=0, region=0), Weights(type=5, region=1)):
        group = beside(service, reader, weights=weights)[1]
        assert not any(each.today.for_comparison_only or each.counted for each in group.members)


# The attack: everything that everybody can ever see, and whether it ties a figure to a council ---------------


@pytest.fixture
def world(service, returned):
    """Councils that publish and those that do not, of which marks, figures and councils change later."""
    published = returned(*range(105, 1500, 123))
    secret = returned(*range(210, 1900, 140), secret=True)
    corrected(secret[0], dt.datetime(2015, 4, 1), for_comparison_only=False)
    corrected(secret[1], dt.datetime(2015, 4, 2), cost=Decimal(5))
    corrected(published[0], dt.datetime(2015, 4, 3), for_comparison_only=True, cost=Decimal(777))
    corrected(published[1], dt.datetime(2015, 4, 4), cost=Decimal(3))
    returned(444, secret=True, returned_at=dt.datetime(2015, 4, 5, tzinfo=dt.UTC))
    secret[2].council.ends_on = dt.date(2015, 4, 6)
    secret[2].council.save()
    return secret[1:]


def everything_public(service):
    """Strips, medians and files of both groups of all councils, and of one without a return, day by day."""
    returned = [each.council for each in ServiceReturn.objects.select_related("council").order_by("council")]
    told = []
    for day in (BEFORE, dt.datetime(2015, 4, 3, 12), LATER):
        with clock.at(day):
            found = compared_councils(service, QUARTER)
            for council in (*dict.fromkeys(returned), Organisation.objects.get(slug="adur")):
                own = queries.own_return(found, council, AnonymousUser())
                for group in groups_of(council, QUARTER, found, own, DEFAULT):
                    told.append((group.strips, group.cells))
    return repr(told)


def rotate(secret):
    """Give each council whose figure is for comparison only the figure of the next one."""
    costs = [each.cost for each in secret]
    for each, cost in zip(secret, costs[1:] + costs[:1], strict=True):
        ServiceReturn.objects.filter(pk=each.pk).update(cost=cost)


def test_nothing_that_everybody_can_see_ties_a_figure_for_comparison_only_to_its_council(service, world):
    told = everything_public(service)

    rotate(world)

    assert "Median" in told
    assert everything_public(service) == told


def test_no_other_page_file_or_feed_ties_it_to_its_council(client, service, world):
    slugs = [each.council.slug for each in world[2:4]]
    addresses = [
        "/services/", "/services/?format=csv", "/services/permits-of-old/", "/services/permits-of-old/?format=json",
        "/services/returns/?format=csv", "/feeds/services.atom", "/services/coverage/",
        *(f"/services/permits-of-old/?council={slug}" for slug in slugs),
        *(f"/councils/{slug}/{page}" for slug in slugs for page in ("", "indicators/")),
    ]  # fmt: skip

    def told():
        answers = [client.get(address) for address in addresses]
        pages = [b"".join(each) if each.streaming else each.content for each in answers]
        assert [each.status_code for each in answers] == [200] * len(addresses)
        # A file says at which minute it was made.
        return [re.sub(rb'(nonce|value)="[^"]*"|\d\d:\d\d (GMT|BST)', b"", page) for page in pages]

    before = told()
    rotate(world)

    assert told() == before
    ServiceReturn.objects.filter(for_comparison_only=False).update(cost=4321)
    assert all(now != then for now, then in zip(told()[2:6], before[2:6], strict=True)), "the control"


def always_without_own(group, indicator, council, **more):
    return middle_of_others([each for each in group if each.council != council], indicator, council, **more)


def test_the_attack_succeeds_where_a_councils_own_figure_is_always_left_out(service, world, monkeypatch):
    monkeypatch.setattr(shown, "middle_of_others", always_without_own)
    told = everything_public(service)

    rotate(world)

    assert everything_public(service) != told


def test_a_councils_own_people_alone_see_its_figure_for_comparison_only(client, signed_in, service, returned):
    [own, *_] = returned(*range(1234, 1250), secret=True)
    address = f"/services/permits-of-old/beside/{own.council.slug}/?quarter=2014-q4"

    assert "£12.34" not in client.get(address).content.decode()
    signed_in(MembershipFactory().person)
    assert "£12.34" not in client.get(address).content.decode()
    signed_in(MembershipFactory(organisation=own.council, role="reader").person)
    assert "£12.34" in client.get(address).content.decode()
    assert "12.34" not in client.get(f"{address}&format=csv").content.decode()
