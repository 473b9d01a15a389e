"""Following an asset, a service and a project, and choosing how often one hears of each."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press


def test_somebody_follows_an_asset_on_a_phone_and_stops(visit):
    analyst = visit("analyst", width=390)
    analyst.goto("/assets/deferred-payment-calculator/")
    press(analyst, "^Follow$")
    analyst.get_by_label("Daily").check()
    expect_accessible(analyst, "portal/follows/follow.html")
    press(analyst, "^Follow$")
    expect(analyst.locator("body")).to_contain_text("You hear of it daily.")

    press(analyst, "Change how often, or stop")
    press(analyst, "^Stop following$")
    expect(analyst.locator("body")).to_contain_text("You no longer follow")


@pytest.mark.parametrize(("width", "kept"), [(1280, "Parking fines"), (390, "Parking permits")])
def test_a_service_and_a_project_are_followed_and_come_once_a_week(visit, width, kept):
    reader = visit("analyst", width=width)
    reader.goto("/account/follows/")
    press(reader, "^Follow a service$")
    reader.get_by_label("Which service?").select_option(kept)
    reader.get_by_label(re.compile("^Weekly")).check()
    press(reader, "^Follow$")
    expect(reader.locator("body")).to_contain_text(f"You follow {kept}. You hear of it weekly.")

    reader.goto("/projects/deferred-payment-calculator/")
    press(reader, "^Follow$")
    reader.get_by_label(re.compile("^Weekly")).check()
    press(reader, "^Follow$")
    expect(reader.locator("body")).to_contain_text("You hear of it weekly.")

    reader.goto("/account/follows/")
    expect(reader.get_by_role("group", name=kept).get_by_label("Weekly")).to_be_checked()
    for group in reader.get_by_role("group").all():
        group.get_by_label("Stop").check()
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    press(reader, "^Save$")
    expect(reader.locator("body")).to_contain_text("What you follow is saved.")
    expect(reader.get_by_role("group", name=kept)).to_have_count(0)
