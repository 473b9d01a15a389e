"""Following from the page of an asset, on a phone."""

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
