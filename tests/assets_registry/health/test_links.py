"""Links are checked politely: one request to a host in a minute, few in all; three failures count, none says why."""

import datetime as dt

import pytest
from django.conf import settings

from assets_registry.health import links
from assets_registry.health.links import MOST_AT_ONCE, check_links
from assets_registry.health.operations import report_problem
from assets_registry.health.verdicts import LINK, health
from assets_registry.models import Asset, LinkCheck
from core import clock
from core.outside import Reply
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory

pytestmark = pytest.mark.django_db
START = dt.datetime(2027, 5, 2, 9, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)
A_MINUTE = dt.timedelta(minutes=1)


def at(address, **fields):
    return AssetFactory(repository_url=address, published_at=START, registered_at=START, **fields)


def check(moment=START):
    with clock.at(moment):
        return check_links()


def said(asset):
    return health(Asset.objects.select_related("link_check").get(pk=asset.pk))[LINK]


def test_a_host_is_asked_once_in_a_minute_and_its_next_link_in_the_next(outside):
    for path in "abc":
        outside.answer(f"https://forge.example/{path}")
        at(f"https://forge.example/{path}")

    assert [check(START + seconds * dt.timedelta(seconds=1)) for seconds in (0, 30, 59, 61)] == [1, 0, 0, 1]
    assert outside.asked_for() == ["https://forge.example/a", "https://forge.example/b"]


def test_a_site_that_refuses_head_is_asked_with_get_a_day_later(outside):
    outside.answer("https://one.example/a", status=405)
    asset = at("https://one.example/a")

    check()
    assert said(asset).verdict == "unknown"
    outside.answer("https://one.example/a")
    assert check(START + A_MINUTE) == 0
    check(START + A_DAY)

    assert [wish.method for wish in outside.asked] == ["HEAD", "GET"]
    assert said(asset).verdict == "yes"


def test_no_more_than_a_few_are_asked_at_once(outside):
    for number in range(MOST_AT_ONCE + 3):
        outside.answer(f"https://h{number}.example/a")
        at(f"https://h{number}.example/a")

    assert check() == len(outside.asked) == MOST_AT_ONCE
    assert check(START + A_MINUTE) == 3


def test_three_failures_on_three_days_make_it_amber_and_one_answer_mends_it(outside):
    asset = at("https://one.example/gone")

    for day, verdict in enumerate(["unknown", "unknown", "check"]):
        assert check(START + day * A_DAY) == 1
        assert check(START + day * A_DAY + A_MINUTE) == 0
        assert said(asset).verdict == verdict
    assert said(asset).reason == "link failed on 3 checks since 2 May 2027"

    outside.answer("https://one.example/gone")
    check(START + 3 * A_DAY)
    assert said(asset).verdict == "yes"


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_site_that_would_not_say_is_neither_alive_nor_dead(outside, status):
    outside.answer("https://one.example/a", status=status)
    asset = at("https://one.example/a")

    for day in range(5):
        check(START + day * A_DAY)

    assert said(asset).verdict == "unknown"
    assert LinkCheck.objects.get().failures == 0


def test_what_failed_never_says_why(outside):
    outside.hosts["inside.example"] = ["10.0.0.7"]
    outside.answer("https://gone.example/x", status=404)
    reasons = []
    for address in ("https://inside.example/x", "https://nowhere.example/x", "https://gone.example/x"):
        asset = at(address)
        for day in range(3):
            check(START + day * A_DAY)
        reasons.append(said(asset).reason)
        asset.delete()

    assert set(reasons) == {"link failed on 3 checks since 2 May 2027"}
    assert not [wish for wish in outside.asked if wish.host in {"inside.example", "nowhere.example"}]


def test_where_nothing_at_all_answers_it_is_our_own_line(outside):
    assets = [at(f"https://h{number}.example/a") for number in range(links.OUR_LINE)]

    for day in range(5):
        check(START + day * A_DAY)

    assert {said(asset).about for asset in assets} == {"Link not checked"}


@pytest.mark.parametrize("how_many", [3, 4, 5])
def test_dead_hosts_that_come_up_together_turn_amber_while_a_forge_answers(outside, how_many):
    outside.answer("https://codeberg.org/", status=503)
    assets = [at(f"https://h{number}.example/a") for number in range(how_many)]

    for day, verdict in enumerate(["unknown", "unknown", "check"]):
        assert check(START + day * A_DAY) == how_many
        assert {said(asset).verdict for asset in assets} == {verdict}

    assert outside.asked_for() == ["https://codeberg.org/"] * 3


def test_pages_that_their_sites_say_are_gone_are_no_fault_of_our_line(outside):
    assets = [at(f"https://h{number}.example/gone") for number in range(links.OUR_LINE)]
    for number in range(links.OUR_LINE):
        outside.answer(f"https://h{number}.example/gone", status=404)

    for day in range(3):
        check(START + day * A_DAY)

    assert {said(asset).verdict for asset in assets} == {"check"}
    assert len(outside.asked) == 3 * links.OUR_LINE


def test_a_forge_that_was_asked_for_our_lines_sake_is_not_asked_again_within_the_minute(outside):
    for host in settings.FORGES:
        outside.answer(f"https://{host}/")
    for number in range(MOST_AT_ONCE):
        at(f"https://h{number}.example/a")
    first = next(iter(settings.FORGES))
    outside.answer(f"https://{first}/harlow/bins")

    check()
    at(f"https://{first}/harlow/bins")

    assert [check(START + seconds * dt.timedelta(seconds=1)) for seconds in (30, 59, 60)] == [0, 0, 1]
    assert outside.asked_for() == [f"https://{first}/", f"https://{first}/harlow/bins"]


def test_a_forge_that_was_just_asked_for_an_entry_is_not_asked_for_our_lines_sake(outside):
    first, second, *_ = settings.FORGES
    for host in (first, second):
        outside.answer(f"https://{host}/")
    outside.answer(f"https://{first}/harlow/bins")
    at(f"https://{first}/harlow/bins")
    check()
    for number in range(links.OUR_LINE):
        at(f"https://h{number}.example/a")

    check(START + dt.timedelta(seconds=30))

    assert outside.asked_for() == [f"https://{first}/harlow/bins", f"https://{second}/"]


def test_a_site_that_is_down_for_an_hour_and_reported_by_three_has_failed_once(outside):
    asset = at("https://one.example/gone")
    check()
    for minutes in (5, 10, 15):
        with clock.at(START + minutes * A_MINUTE):
            report_problem(asset, by=UserFactory(), reason="link", note="It is gone.")
        assert check(START + (minutes + 1) * A_MINUTE) == 1

    assert said(asset).verdict == "unknown"
    assert LinkCheck.objects.get().failures == 1


def test_a_link_that_answers_waits_a_week(outside):
    outside.answer("https://one.example/a")
    at("https://one.example/a")

    assert [check(START + days * A_DAY) for days in (0, 1, 6, 7)] == [1, 0, 0, 1]


def test_one_reported_dead_comes_next_and_the_report_alone_says_nothing(outside, ben):
    outside.answer("https://one.example/a")
    asset = at("https://one.example/a")
    check()
    with clock.at(START + A_MINUTE):
        report_problem(asset, by=ben, reason="link", note="It is gone.")

    assert said(asset).verdict == "yes"
    assert check(START + 2 * A_MINUTE) == 1
    assert check(START + 4 * A_MINUTE) == 0


def test_a_move_to_another_host_is_written_down(outside):
    outside.answer("https://one.example/a", status=301, location="https://two.example/b")
    at("https://one.example/a")

    check()

    found = LinkCheck.objects.get()
    assert (found.moved_to, found.failures) == ("https://two.example/b", 0)


def test_a_new_address_begins_anew(outside):
    asset = at("https://one.example/a")
    check()
    assert LinkCheck.objects.get().failures == 1

    asset.repository_url = "https://two.example/b"
    asset.save()
    check(START + A_MINUTE)

    assert LinkCheck.objects.get().address == "https://two.example/b"
    assert LinkCheck.objects.get().failures == 1


def test_what_was_found_meanwhile_at_an_old_address_is_not_kept(outside, monkeypatch):
    asset = at("https://one.example/a")

    def moved_meanwhile(wish):
        LinkCheck.objects.update(address="https://two.example/b")
        return Reply(404)

    monkeypatch.setattr("tests.outside.ask", moved_meanwhile)
    outside.hosts["one.example"] = ["93.184.215.14"]
    check()

    assert LinkCheck.objects.get(asset=asset).failures == 0


def test_made_up_assets_and_drafts_and_other_addresses_are_never_asked_for(outside):
    at("https://one.example/a", is_illustrative=True)
    at("https://two.example/a", state="draft")
    at("git://three.example/a")

    assert check() == 0
