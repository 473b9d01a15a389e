"""What is told of 2014 and 2015 is counted on the councils of its day, whatever becomes of councils later (W4)."""

import datetime as dt
import re
import sys
from decimal import Decimal

import pytest

from core import clock
from councils import queries as counts
from councils.kinds import Kind, Tier
from councils.models import Organisation
from take_up.models import Benefit
from take_up.operations import claim_benefit, promise_of_case
from take_up.queries import sums_of_all, take_up, take_ups
from take_up.queries.benefits import base_as_at
from take_up.queries.plans import plans_of_project
from take_up.queries.promises import promise
from take_up.queries.spread import confirmed_adoptions, spread
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import BusinessCaseFactory, NeedFactory, ProjectFactory
from tests.factories.take_up import AdoptionFactory, MeasurementFactory, TakeUpPlanFactory
from tests.pages import plain_words, words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

LAST_DAY = dt.date(2015, 12, 31)
JUNE_2014 = dt.date(2014, 6, 1)
FIGURE = re.compile(r"[\d,]+ of [\d,]+ [a-z][^<.]*|£[\d,]+")


def councils(kind: str) -> list[Organisation]:
    """Those of England then that are in force today."""
    then = Organisation.objects.in_force(LAST_DAY).filter(kind=kind, nation="England", ends_on=None)
    return list(then.order_by("name"))


def reorganise(seven: list[Organisation]) -> None:
    """Yesterday seven districts ended; today one unitary takes over from them."""
    today = clock.today()
    new = Organisation.objects.create(
        name="Newshire", slug="newshire", kind=Kind.UNITARY, nation="England", region=seven[0].region, starts_on=today
    )
    for each in seven:
        Organisation.objects.filter(pk=each.pk).update(ends_on=today - dt.timedelta(days=1))
        each.successors.add(new)


@pytest.fixture
def districts(db) -> list[Organisation]:
    return councils(Kind.DISTRICT)


@pytest.fixture
def project(districts):
    """A launched project of 2014 with an asset, its plan, an accepted case and what was measured of it."""
    launched = ProjectFactory(
        title="Bins", lead_council=districts[0], stage="launch", launched_on=JUNE_2014, case_accepted_on=JUNE_2014
    )
    published = dt.datetime(2014, 6, 1, 9, tzinfo=dt.UTC)
    for tier in (Tier.ALL, Tier.DISTRICT, Tier.UPPER, Tier.LOWER):
        asset = AssetFactory(project=launched, tier=tier, owner=districts[0], published_at=published)
        for council in [*districts[:9], *councils(Kind.UNITARY)[:2]]:
            AdoptionFactory(asset=asset, council=council, since=JUNE_2014)
        TakeUpPlanFactory(asset=asset)
    TakeUpPlanFactory(project=launched, asset=None)
    case = BusinessCaseFactory(
        project=launched, state="accepted", decided_on=dt.date(2014, 12, 10), decided_by_body="The board",
        decision_number="DEC-2014-09",
    )  # fmt: skip
    promised = promise_of_case(case)
    MeasurementFactory(promise=promised, value=Decimal(5), n=4)
    return launched


def told(project) -> dict[str, object]:
    """Every figure that take-up tells of 2014 and 2015."""
    assets = list(project.assets.order_by("pk"))
    money = sums_of_all()
    return {
        "pages": [
            (str(used), [(row.label, row.share) for row in used.by_kind], used.share.as_at)
            for used in map(take_up, assets)
        ],
        "a day of 2014": [str(take_up(asset, dt.date(2014, 12, 31))) for asset in assets],
        "lists": [str(used) for used in take_ups(assets).values()],
        "curves": [
            [(each.day, each.share) for each in spread(asset, confirmed_adoptions(asset)) if each.day <= LAST_DAY]
            for asset in assets
        ],
        "plans": [(each.meant, each.live) for each in plans_of_project(project)],
        "promises": [
            (each.promised, each.measured, each.base, each.state, base_as_at(each.record))
            for each in map(promise, project.benefits.select_related("latest"))
        ],
        "sums": (money.claimed, money.confirmed, money.in_part, money.not_checked),
    }


def test_every_figure_of_2014_is_equal_before_and_after_seven_districts_are_reorganised(project, districts):
    before, today = told(project), counts.base_for(Tier.ALL)

    reorganise(districts[:7])

    assert told(project) == before
    assert counts.base_for(Tier.ALL) == today - 6, "today there are six councils fewer"


def test_control_counted_as_of_today_the_figures_of_2014_move(project, districts, monkeypatch):
    """With as-at off, every count is of the councils in force today; sums of money are counted on none."""
    of_today = property(lambda benefit: counts.base_for(benefit.tier), lambda benefit, stored: None)
    monkeypatch.setattr(Benefit, "scope", of_today)
    on_days = counts.counts_by_kind_on
    modules = [sys.modules[f"take_up.queries.{name}"] for name in ("take_up", "spread", "plans")]
    for module in modules:
        monkeypatch.setattr(
            module, "counts_by_kind_on", lambda days: {day: on_days({clock.today()})[clock.today()] for day in days}
        )
    before = told(project)

    reorganise(districts[:7])

    after = told(project)
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {"pages", "lists", "a day of 2014", "curves", "plans", "promises"}


def pages_of_2014(client, project) -> dict[str, object]:
    """What each page says that states figures of 2014 or 2015; of records that go on today, the figures alone."""
    whole = (
        "/figures/?year=2014",
        "/figures/?as_at=2014-10-31",
        *(f"/board/coverage/?of={of}&as_at=2014-12-31" for of in ("events", "needs", "assets")),
        "/board/coverage/?of=assets&as_at=2014-12-31&format=csv",
        "/board/",
        "/board/portfolio/",
        "/board/promises/",
        "/board/strategy/",
    )
    records = (project, project.benefits.first(), project.assets.first())
    figures = {each: FIGURE.findall(plain_words(client.get(each.get_absolute_url()))) for each in records}
    return {address: words(client.get(address)) for address in whole} | figures


def test_every_page_with_a_figure_of_2014_says_the_same_before_and_after_the_seven_are_reorganised(
    client, project, districts, on_day
):
    for council in districts[:7]:
        NeedFactory(council=council, raised_at=dt.datetime(2014, 5, 1, 9, tzinfo=dt.UTC))
    with on_day(2026, 11, 2):
        before = pages_of_2014(client, project)
        reorganise(districts[:7])
        after = pages_of_2014(client, project)

    assert {address for address in before if before[address] != after[address]} == set()
    assert all(before.values())


def test_three_of_all_councils_are_3_of_353_and_a_district_only_service_counts_on_201(districts):
    published = dt.datetime(2014, 6, 1, 9, tzinfo=dt.UTC)
    everywhere, of_districts = (
        AssetFactory(tier=tier, owner=districts[0], published_at=published) for tier in (Tier.ALL, Tier.DISTRICT)
    )
    for council in districts[:3]:
        AdoptionFactory(asset=everywhere, council=council, since=JUNE_2014)

    assert str(take_up(everywhere)) == "3 of 353 councils (0.8%) in December 2015"
    assert take_up(of_districts).share.of_base == "0 of 201 districts"


def test_a_council_that_carries_on_the_use_of_one_counted_then_has_not_joined_since(
    districts, django_assert_num_queries
):
    asset = AssetFactory(tier=Tier.ALL, published_at=dt.datetime(2014, 6, 1, 12, tzinfo=dt.UTC))
    AdoptionFactory(asset=asset, council=districts[0], since=JUNE_2014)
    reorganise(districts[:7])
    new = Organisation.objects.get(slug="newshire")
    AdoptionFactory(asset=asset, council=new, since=clock.today())
    AdoptionFactory(asset=asset, council=districts[8], since=clock.today())

    for used in (take_up(asset), take_ups([asset])[asset.pk]):
        assert (used.count, used.more_live) == (1, 1)
    another = AssetFactory(tier=Tier.ALL, published_at=asset.published_at)
    AdoptionFactory(asset=another, council=districts[0], since=JUNE_2014)
    AdoptionFactory(asset=another, council=new, since=clock.today())
    with django_assert_num_queries(3):
        assert [each.more_live for each in take_ups([asset, another]).values()] == [1, 0]
    assert [each.council for each in take_up(asset).live_since] == [districts[8]]

    Organisation.objects.get(pk=districts[0].pk).successors.add(councils(Kind.COUNTY)[0])  # only a part went to each
    assert take_ups([asset])[asset.pk].more_live == 2


@pytest.mark.parametrize(
    ("tier", "base"),
    [
        (Tier.ALL, "353 councils"),
        (Tier.UPPER, "152 counties and single-tier councils"),
        (Tier.LOWER, "326 districts and single-tier councils"),
        (Tier.COUNTY, "27 counties"),
        (Tier.DISTRICT, "201 districts"),
    ],
)
def test_the_base_of_2015_has_the_words_of_its_kinds_on_promises_and_on_take_up(tier, base, amina, harlow, districts):
    asset = AssetFactory(tier=tier, owner=districts[0], published_at=dt.datetime(2015, 6, 1, 9, tzinfo=dt.UTC))
    made = claim_benefit(
        adoption=AdoptionFactory(asset=AssetFactory(owner=harlow), council=harlow), by=amina, title="Calls",
        unit="calls", claimed=Decimal(5), claimed_in="Plan", claimed_on=LAST_DAY, tier=tier,
    )  # fmt: skip

    assert take_up(asset).share.of_base == f"0 of {base}"
    assert base_as_at(made) == f"{base}, as at 31 December 2015"


def test_a_promise_of_today_is_for_the_councils_of_today(amina, harlow):
    made = claim_benefit(
        adoption=AdoptionFactory(council=harlow), by=amina, title="Calls", unit="calls", claimed=Decimal(5),
        claimed_in="Plan", claimed_on=clock.today(), tier=Tier.UPPER,
    )  # fmt: skip

    assert made.scope == counts.base_for(Tier.UPPER, clock.today())
