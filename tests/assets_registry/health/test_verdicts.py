"""The health of an asset comes from facts; each answer has its reason, and what nobody knows is never green."""

import datetime as dt

import pytest

from assets_registry.health.verdicts import ARCHIVED, LICENCE, LINK, MOVED, QUESTIONS, health
from assets_registry.models import Asset, LinkCheck
from core import clock
from tests.factories.assets_registry import AssetFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.django_db
HOME = "https://git.example.org/waste"


def checked(failures=0, address=HOME, **more):
    """An asset whose link was checked on 4 May 2015, and has failed so often since 2 May."""
    asset = AssetFactory(repository_url=HOME)
    moment = dt.datetime(2015, 5, 4, 12, tzinfo=dt.UTC)
    LinkCheck.objects.create(
        asset=asset,
        address=address,
        host="git.example.org",
        asked_at=moment,
        checked_at=moment,
        failures=failures,
        failing_since=dt.date(2015, 5, 2) if failures else None,
        **more,
    )
    return Asset.objects.select_related("link_check").get(pk=asset.pk)


def said(asset, question):
    line = health(asset)[question]
    return line.verdict, line.about, line.reason


def test_every_question_has_a_verdict_a_word_and_a_reason():
    found = health(AssetFactory())

    assert tuple(found) == QUESTIONS
    assert all(line.verdict and line.about and line.reason for line in found.values())


def test_a_link_is_amber_after_three_failures_and_not_before():
    asset = checked()

    def after(failures):
        LinkCheck.objects.update(failures=failures, failing_since=dt.date(2015, 5, 2) if failures else None)
        return said(Asset.objects.get(pk=asset.pk), LINK)

    assert after(0) == ("yes", "Link works", "answered on 4 May 2015")
    assert after(1)[0] == after(2)[0] == "unknown"
    assert after(3) == ("check", "Link failed", "link failed on 3 checks since 2 May 2015")


def test_what_was_found_at_another_address_is_not_said_of_this_one():
    assert said(checked(3, address="https://git.example.org/old"), LINK)[:2] == ("unknown", "Link not checked")


def test_what_nobody_looked_at_is_not_known():
    for asset in (AssetFactory(), AssetFactory(repository_url="")):
        assert said(asset, LINK)[0] == said(asset, MOVED)[0] == "unknown"


def test_a_repository_that_moved_says_where_to():
    assert said(checked(moved_to="https://code.example.org/w"), MOVED) == (
        "check",
        "Moved",
        "its address leads to https://code.example.org/w now",
    )
    Asset.objects.all().delete()
    assert said(checked(moved_to="https://www.git.example.org/Waste.git"), MOVED)[0] == "yes"


@pytest.mark.parametrize("fields", [{"phase": Asset.Phase.RETIRED}, {"publiccode": {"developmentStatus": "obsolete"}}])
def test_what_its_owner_gave_up_is_archived_and_stays_listed(client, fields):
    asset = AssetFactory(**fields)

    assert said(asset, ARCHIVED)[:2] == ("check", "Archived")
    assert ">Archived<" in client.get(asset.get_absolute_url()).content.decode()
    assert asset.name in client.get("/assets/").content.decode()


def test_no_licence_is_amber():
    assert said(AssetFactory(licence=""), LICENCE)[0] == "check"
    assert said(AssetFactory(licence="MIT"), LICENCE)[0] == "yes"


def test_page_comparison_and_file_say_the_same(client):
    asset, other = checked(3), AssetFactory(repository_url="", checked_on=clock.today())
    words = "ink failed on 3 checks since 2 May 2015"

    page = client.get(asset.get_absolute_url()).content.decode()
    compared = client.get(f"/assets/compare/?asset={asset.slug}&asset={other.slug}").content.decode()
    file = client.get("/assets/?format=csv").content.decode()

    assert [words in each for each in (page, compared, file)] == [True] * 3
    assert all(question in file and question in compared for question in QUESTIONS)


def test_the_file_of_the_list_asks_as_often_for_many_as_for_few(client, django_assert_max_num_queries):
    for _ in range(12):
        AdoptionFactory()
    with django_assert_max_num_queries(12):
        client.get("/assets/?format=csv")
