"""The page of an asset's take-up: its curve, what was avoided, each status, and who is named to whom."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from assets_registry.versions.models import AssetVersion
from core import clock
from core.words import day_in_words
from councils.kinds import Kind
from councils.models import Membership, Organisation
from outbox.models import Message
from search.sources.reuse import asset_document
from take_up.models import Adoption
from take_up.operations import change_adoption, confirm_adoption, declare_adoption
from take_up.queries import take_up
from take_up.queries.spread import MOST_POINTS, confirmed_adoptions, spread, statuses
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.take_up import AdoptionFactory, CommitmentFactory

pytestmark = pytest.mark.sql

LONG_AGO = dt.timedelta(days=400)


@pytest.fixture
def asset(db):
    """Published more than a year ago, of a real council, so that no made-up one joins the base."""
    return AssetFactory(
        owner=Organisation.objects.get(slug="luton"), published_at=clock.now() - LONG_AGO, version="2.0",
        released_on=clock.today() - dt.timedelta(days=30),
    )  # fmt: skip


def districts(how_many):
    return list(Organisation.objects.in_force().filter(kind=Kind.DISTRICT, nation="England").order_by("pk")[:how_many])


def adopted_by(asset, councils, **given):
    since = {"since": clock.today() - dt.timedelta(days=200)}
    return [AdoptionFactory(**{"asset": asset, "council": each, **since, **given}) for each in councils]


# Over time -------------------------------------------------------------------------------------------------


def test_the_last_point_is_the_take_up_of_today_with_its_base(asset):
    adopted_by(asset, districts(3))

    last = spread(asset, confirmed_adoptions(asset))[-1]

    assert last.day == clock.today()
    assert last.share == take_up(asset, clock.today()).share


def test_the_curve_rises_when_a_council_begins_and_falls_when_it_retires_it(asset):
    began, ended = (clock.today() - dt.timedelta(days=days) for days in (200, 60))
    adopted_by(asset, districts(1), status="retired", live_since=began, since=ended)

    counts = [point.share.count for point in spread(asset, confirmed_adoptions(asset))]

    assert (counts[0], max(counts), counts[-1]) == (0, 1, 0)


def test_launch_and_version_are_marked_where_they_happened(asset):
    points = spread(asset, confirmed_adoptions(asset))

    assert points[0].happened == "Published here"
    assert [point.happened for point in points if "Version 2.0" in point.happened]


def test_each_version_with_a_day_is_marked_once_and_one_without_is_not(asset):
    AssetVersion.objects.bulk_create(
        AssetVersion(asset=asset, version=version, released_on=day)
        for version, day in (
            ("1.0", clock.today() - dt.timedelta(days=800)),
            ("1.1", clock.today() - dt.timedelta(days=500)),
            ("1.2", None),
            ("2.0", asset.released_on),
            ("3.0", clock.today() + dt.timedelta(days=9)),
        )
    )

    said = ", ".join(point.happened for point in spread(asset, confirmed_adoptions(asset)))

    assert re.findall(r"Version [\d.]+", said) == ["Version 1.0", "Version 1.1", "Version 2.0"]


def test_a_long_past_has_no_more_points_than_a_page_can_draw(asset):
    adopted_by(asset, districts(1), since=dt.date(1990, 1, 1))

    assert 2 <= len(spread(asset, confirmed_adoptions(asset))) <= MOST_POINTS + 1


def test_the_file_has_the_points_and_no_names(asset, client):
    [adoption] = adopted_by(asset, districts(1))

    said = client.get(f"/assets/{asset.slug}/take-up/?format=csv").content.decode()

    assert f"{clock.today():%Y-%m-%d}" in said
    assert str(adoption.council) not in said


# Who and when ----------------------------------------------------------------------------------------------


def test_each_confirmed_status_stays_with_who_said_it_and_who_confirmed_it(asset, amina, grace, harlow):
    day = clock.today() - dt.timedelta(days=9)
    adoption = declare_adoption(asset, by=amina, council=harlow, status="piloting", since=day)
    assert not adoption.statuses.exists()
    confirm_adoption(adoption, by=grace)
    confirm_adoption(change_adoption(adoption, by=amina, status="live", since=day), by=grace)
    change_adoption(adoption, by=grace, status="retired", since=clock.today())

    found = [(each.status, each.said_by, each.confirmed_by) for each in adoption.statuses.order_by("pk")]

    assert found == [("piloting", amina, grace), ("live", amina, grace), ("retired", grace, grace)]
    assert take_up(asset).count == 0


def test_the_owner_hears_of_several_adopters_in_one_digest(asset, grace, amina, harlow, deliver):
    owner = MembershipFactory(organisation=asset.owner, role=Membership.Role.LEAD).person
    for _ in range(2):
        other = AssetFactory(owner=asset.owner)
        declare_adoption(other, by=grace, council=harlow, status="live", since=clock.today())

    assert deliver() == []
    assert Message.objects.filter(person=owner, kind="take_up.new_use", state=Message.State.IN_DIGEST).count() == 2


def test_the_owner_of_the_asset_cannot_change_what_another_council_says(asset, signed_in):
    owner = MembershipFactory(organisation=asset.owner, role=Membership.Role.LEAD).person
    [adoption] = adopted_by(asset, districts(1))

    assert signed_in(owner).get(reverse("take_up:change_adoption", args=[adoption.pk])).status_code == 403


# Consent ---------------------------------------------------------------------------------------------------


@pytest.fixture
def unnamed(asset, harlow):
    """Harlow uses the asset and commits to help, and does not want to be named."""
    CommitmentFactory(asset=asset, council=harlow, may_be_listed=False, would="help", officer_days=1)
    return adopted_by(asset, [harlow], may_be_listed=False, what_we_changed="Our colours.")[0]


SURFACES = [
    "/assets/{slug}/",
    "/assets/{slug}/take-up/",
    "/assets/{slug}/take-up/?format=csv",
    "/assets/{slug}/publiccode.yml",
    "/assets/",
    "/assets/?format=csv",
    "/assets/compare/?asset={slug}",
    "/assets/compare/?asset={slug}&format=csv",
    "/assets/benefits/",
]


@pytest.mark.parametrize("surface", SURFACES)
def test_a_council_that_is_not_named_stands_in_no_page_or_file_of_the_asset(
    surface, unnamed, client, signed_in, carlos
):
    address = surface.format(slug=unnamed.asset.slug)

    for reader in (client, signed_in(carlos)):
        assert "Harlow" not in reader.get(address).content.decode()


@pytest.mark.parametrize("surface", ["/councils/harlow/", "/councils/harlow/?format=csv"])
def test_its_own_page_does_not_say_that_it_uses_the_asset(surface, unnamed, client):
    assert unnamed.asset.name not in client.get(surface).content.decode()


def test_the_search_knows_the_count_and_not_the_name(unnamed):
    document = asset_document(unnamed.asset)

    assert "1 council" in document.note
    assert "Harlow" not in repr(document)
    assert "district" not in document.facets.get("council_type", [])


def test_it_is_counted(unnamed):
    assert take_up(unnamed.asset).count == 1


def test_owner_editor_and_its_own_people_see_the_name_on_the_page_of_take_up(unnamed, signed_in, edith, amina):
    owner = MembershipFactory(organisation=unnamed.asset.owner).person
    address = f"/assets/{unnamed.asset.slug}/take-up/"

    for person in (owner, edith):
        assert "Does not want to be named to others" in signed_in(person).get(address).content.decode()
    assert "Harlow" in signed_in(amina).get(address).content.decode()


# The page --------------------------------------------------------------------------------------------------


def test_a_council_commits_and_its_lead_confirms_by_plain_posts(asset, signed_in, amina, grace, harlow):
    sent = {"council": harlow.pk, "would": "use", "officer_days": "2", "co_fund": "5,000", "may_be_listed": "on"}
    said = signed_in(amina).post(f"/assets/{asset.slug}/commit/", sent, follow=True).content.decode()
    assert "waits for the lead of Harlow" in said

    commitment = asset.commitments.get()
    confirm = reverse("take_up:confirm_commitment", args=[commitment.pk])
    said = signed_in(grace).post(confirm, follow=True).content.decode()

    assert "Confirmed: Harlow would use it, give 2 days of officer time and co-fund up to £5,000" in said
    adopt = reverse("take_up:adopt_as_committed", args=[commitment.pk])
    signed_in(grace).post(adopt)
    assert Adoption.objects.get(asset=asset, council=harlow).status == "live"


def test_what_is_typed_wrongly_is_kept_and_said_beside_the_field(asset, signed_in, amina, harlow):
    sent = {"council": harlow.pk, "would": "help", "officer_days": "many", "co_fund": "7"}

    answer = signed_in(amina).post(f"/assets/{asset.slug}/commit/", sent)

    assert answer.status_code == 422
    assert re.search(r'value="many"', answer.content.decode())


@pytest.mark.parametrize("below", ["", "take-up/"])
def test_before_the_record_of_the_programme_nothing_is_counted(asset, client, below):
    said = client.get(f"/assets/{asset.slug}/{below}?as_at=1900-01-01").content.decode()

    assert "Councils are counted from 1 January 2013, so the day is today’s." in said
    assert "We did not understand" not in said
    assert "January 1900" not in said
    on_the_first = client.get(f"/assets/{asset.slug}/{below}?as_at=2013-01-01").content.decode()
    assert "Councils are counted from" not in on_the_first


def test_the_page_is_of_the_day_that_its_address_names(asset, client):
    first, second = districts(2)
    day = clock.today() - dt.timedelta(days=100)
    adopted_by(asset, [first])
    adopted_by(asset, [second], since=clock.today())
    CommitmentFactory(asset=asset, council=second, would="help", officer_days=77)
    address = f"/assets/{asset.slug}/take-up/"

    today, then = client.get(address).content.decode(), client.get(f"{address}?as_at={day}").content.decode()

    base = take_up(asset, day).base
    assert f"1 of {base}" in then
    assert f"as at {day_in_words(day)}" in then
    assert ("77 days" in today, "77 days" in then) == (True, False)
    assert "committed to anything on" in then
    assert "Show today" in then


@pytest.mark.parametrize("below", ["", "take-up/"])
@pytest.mark.parametrize(
    ("as_at", "said"),
    [
        ("2999-01-01", "That day is still to come, so the day is today’s."),
        ("yesterday", "We did not understand this, so it is not used: day “yesterday”."),
    ],
)
def test_a_day_to_come_or_none_is_said_and_not_used(asset, client, as_at, said, below):
    page = client.get(f"/assets/{asset.slug}/{below}?as_at={as_at}").content.decode()

    assert said in page
    assert page.count("We did not understand") == (as_at == "yesterday")
    assert "Show today" not in page


def test_the_history_of_a_day_ends_with_it(asset, grace, harlow):
    adoption = declare_adoption(asset, by=grace, council=harlow, status="piloting", since=clock.today() - LONG_AGO)
    change_adoption(adoption, by=grace, status="live", since=clock.today())

    yesterday = clock.today() - dt.timedelta(days=1)
    assert [each.status for each in statuses(asset, yesterday, are_all_named=True)] == ["piloting"]


def test_an_asset_that_was_never_published_has_no_such_page(client, db):
    draft = AssetFactory(state="draft", published_at=None)

    assert client.get(f"/assets/{draft.slug}/take-up/").status_code == 404


def test_the_page_asks_as_often_for_many_councils_as_for_few(asset, client, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(60) as asked:
            client.get(f"/assets/{asset.slug}/take-up/?as=new")
        return len(asked)

    adopted_by(asset, districts(2))
    few = queries()
    adopted_by(asset, districts(12)[2:])
    for each in districts(12):
        CommitmentFactory(asset=asset, council=each)

    assert queries() <= few
